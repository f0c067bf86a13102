package parley.trivia.guesses;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuessMatcherTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # as it stands, and in another case
          paris | Paris
          PARIS | Paris
          '  Paris  ' | Paris
          # articles and of
          nile | the Nile
          The Nile | Nile
          an apple | apple
          tower london | the Tower of London
          the who | The Who
          the the | The The
          vitamin a | Vitamin A
          # punctuation
          schindlers list | Schindler's List
          schindler’s list | Schindler's List
          spider man | Spider-Man
          spiderman | Spider-Man
          rock and roll | Rock & Roll
          usa | U.S.A.
          U.S.A | U.S.A.
          jrr tolkien | J. R. R. Tolkien
          J.K. Rowling | J. K. Rowling
          A A Milne | A. A. Milne
          aha | A-ha
          mash | M*A*S*H
          ac dc | AC/DC
          acdc | AC/DC
          st louis | Saint Louis
          saint petersburg | St. Petersburg
          wall st | Wall St.
          mt everest | Mount Everest
          # accents and letters of other languages
          sao paulo | São Paulo
          zloty | złoty
          malmo | Malmö
          strasse | Straße
          tromso | Tromsø
          caesar | Cæsar
          dvořák | Dvorak
          istanbul | İstanbul
          thor | Þór
          # numbers
          21 | twenty-one
          twenty one | 21
          twentyone | twenty-one
          seven | 7
          1000 | one thousand
          1,000,000 | a million
          1 000 000 | one million
          1.5 million | 1500000
          two hundred and five | 205
          three hundred twelve thousand four hundred and one | 312,401
          nine hundred ninety-nine million nine hundred ninety-nine thousand nine hundred ninety-nine | 999999999
          nineteen eighty-four | 1984
          nineteen oh five | 1905
          nineteen hundred | 1900
          two thousand and one | 2001
          twenty twenty | 2020
          fourty-two | 42
          21st | twenty-first
          the third | 3rd
          twenty-first century | 21st century
          oceans 11 | Ocean's Eleven
          7 samurai | Seven Samurai
          3.5 | 3.50
          minus forty | -40
          u two | U2
          apollo thirteen | Apollo 13
          henry the eighth | Henry VIII
          henry 8 | Henry VIII
          henry viii | Henry the Eighth
          world war two | World War II
          malcolm x | Malcolm X
          ٣ | 3
          # slips of spelling
          missisippi | Mississippi
          shakespear | Shakespeare
          Arnold Schwarzeneger | Arnold Schwarzenegger
          van gough | Van Gogh
          columbia | Colombia
          john kennedy | John F. Kennedy
          # other ways that the answer names
          beatles | (the) Beatles
          the beatles | (the) Beatles
          adams | (John) Adams
          john adams | (John) Adams
          thighbone | femur (or thighbone)
          femur | femur (or thighbone)
          ulan bator | Ulaanbaatar (or Ulan Bator or Urga)
          urga | Ulaanbaatar (or Ulan Bator or Urga)
          Ulaanbaatar (or Ulan Bator or Urga) | Ulaanbaatar (or Ulan Bator or Urga)
          constantinople | Istanbul (also: Constantinople)
          elevator | lift/elevator
          lift | lift / elevator
          lift elevator | lift/elevator
          # the habits of quiz shows
          what is gold? | gold
          What's gold | gold
          who is the king? | king
          Who was Mozart? | Mozart
          what are the alps | Alps
          it's gold | gold
          is it gold? | gold
          what's up doc | What's Up, Doc?
          """)
  void is_right(String guess, String answer) {
    Verdict verdict = GuessMatcher.judge(guess, answer);
    assertTrue(verdict.isCorrect(), () -> guess + " for " + answer + ": " + verdict);
    assertTrue(verdict.similarity() > 0.75);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # nothing alike, or nothing at all
          london | Paris
          '' | Paris
          '?!' | Paris
          the | Paris
          ( | Paris
          what is | Paris
          # other numbers
          1913 | 1912
          1912 | 1912/13
          twenty-two | twenty-one
          one hundred four | one hundred five
          fahrenheit 452 | Fahrenheit 451
          fahrenheit | Fahrenheit 451
          slaughterhouse | Slaughterhouse-Five
          apollo | Apollo 13
          apollo 11 | Apollo 13
          40 | -40
          3.41 | 3.14
          7 | 007
          10000000 | 1,000,000
          twenty | twenty-one
          one two | 21
          henry vii | Henry VIII
          elizabeth | Elizabeth II
          world war i | World War II
          george v | George VI
          sixteen | sixty
          # short answers have to be exact
          oh | ox
          euro | Eur
          pie | pi
          bar | bat
          e | o
          yem | yen
          # almost, and not near enough
          iran | Iraq
          niger | Nigeria
          kansas | Arkansas
          slovakia | Slovenia
          paraguay | Uruguay
          shakespeare | William Shakespeare
          dead sea | Red Sea
          # another word among several
          north korea | South Korea
          northkorea | South Korea
          west germany | East Germany
          vitamin d | Vitamin C
          vitamind | Vitamin C
          vitamin | Vitamin A
          vitamin c | vitamin
          hepatitis | Hepatitis B
          hepatitis b | Hepatitis A
          john g kennedy | John F. Kennedy
          # other things with similar names
          austria | Australia
          ireland | Iceland
          manet | Monet
          yeats | Keats
          stalactite | stalagmite
          astrology | astronomy
          hypotension | hypertension
          vertebrate | invertebrate
          insoluble | soluble
          # parts of an answer that mean nothing by themselves
          ac | AC/DC
          7 | 24/7
          john | (John) Adams
          the | (the) Beatles
          or thighbone | bone (or femur)
          """)
  void is_wrong(String guess, String answer) {
    Verdict verdict = GuessMatcher.judge(guess, answer);
    assertFalse(verdict.isCorrect(), () -> guess + " for " + answer + ": " + verdict);
  }

  @Test
  void the_same_text_is_wholly_similar_and_a_strange_one_not_at_all() {
    assertEquals(new Verdict(true, 1), GuessMatcher.judge("the Nile", "Nile"));
    assertEquals(new Verdict(false, 0), GuessMatcher.judge("xyz", "Nile"));
    assertEquals(new Verdict(false, 0.75), GuessMatcher.judge("Nils", "Nile"));
    assertEquals(0.857, GuessMatcher.judge("missisipi", "Mississippi").similarity(), 0.05);
  }

  @Test
  void no_word_stands_for_another_of_its_set_that_is_similar() {
    for (Set<String> words : Confusable.SETS) {
      for (String one : words) {
        boolean needed = false;
        for (String other : words) {
          if (!one.equals(other)) {
            assertFalse(GuessMatcher.judge(one, other).isCorrect(), one + " for " + other);
            needed |= GuessMatcher.similarity(one, other) > 0.75;
          }
        }
        assertTrue(needed, one + " is like no other of its set, and needs no mention");
      }
    }
  }

  @Test
  void texts_that_are_too_long_are_like_no_other() {
    String longest = "a".repeat(GuessMatcher.LONGEST);
    assertEquals(new Verdict(true, 1), GuessMatcher.judge(longest, longest));
    for (String text : List.of(longest + "a", "x/".repeat(1_000_000), "\ufdfa".repeat(200))) {
      assertEquals(new Verdict(false, 0), GuessMatcher.judge(text, text), "of " + text.length());
    }
  }

  /** What takes apart texts, and what may upset it. */
  @Test
  void any_text_gets_a_verdict_and_any_answer_with_a_word_is_right_for_itself() {
    String[] pieces =
        ("( ) / - . , ' & % + # @ ; or and the a of oh X VIII 1 22 3.5 1,000 two hundred million"
                + " twenty-first Łódź ß İ ½ ٣ \ud83d \ud83d\ude00 \u0301 \u200f Paris what is")
            .split(" ");
    Random random = new Random(7);
    for (int round = 0; round < 5_000; round++) {
      String guess = text(pieces, random);
      String answer = text(pieces, random);
      Verdict verdict = GuessMatcher.judge(guess, answer);
      assertEquals(verdict, GuessMatcher.judge(guess, answer));
      String certain = "Paris " + answer;
      assertEquals(new Verdict(true, 1), GuessMatcher.judge(certain, certain), certain);
    }
  }

  private static String text(String[] pieces, Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      text.append(pieces[random.nextInt(pieces.length)]).append(random.nextBoolean() ? " " : "");
    }
    return text.toString();
  }
}
