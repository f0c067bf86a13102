package parley.matchmaking.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BucketTest {

  @Test
  void settings_are_one_text_with_their_keys_sorted() {
    assertEquals(
        new Bucket("mode=ranked;region=eu"), Bucket.of(Map.of("region", "eu", "mode", "ranked")));
    assertEquals(new Bucket("mode=ranked;region=eu"), Bucket.parse("region=eu;mode=ranked"));
    assertEquals(new Bucket(""), Bucket.of(Map.of()));
    assertEquals(new Bucket(""), Bucket.parse(""));
  }

  @Test
  void equal_values_are_one_text_however_they_are_written() {
    for (Number one : List.of(1, 1L, 1.0, new BigDecimal("1.00"), new BigDecimal("1e0"))) {
      assertEquals(new Bucket("level=1"), Bucket.of(Map.of("level", one)));
    }
    assertEquals(new Bucket("level=-0.5"), Bucket.of(Map.of("level", -0.5)));
    assertEquals(new Bucket("level=1000"), Bucket.of(Map.of("level", new BigDecimal("1e3"))));
    assertEquals(new Bucket("ranked=true"), Bucket.of(Map.of("ranked", true)));
    assertEquals(
        Bucket.parse("level=1;ranked=true"), Bucket.of(Map.of("level", 1, "ranked", true)));
  }

  @Test
  void what_is_no_text_number_or_truth_value_is_refused_by_its_key() {
    Map<String, Object> nothing = new HashMap<>();
    nothing.put("mode", null);
    assertTrue(refused(nothing).endsWith(": mode"));
    assertTrue(refused(Map.of("mode", Map.of())).endsWith(": mode"));
    assertTrue(refused(Map.of("mode", List.of("ranked"))).endsWith(": mode"));
    assertTrue(refused(Map.of("level", new BigDecimal("1e65"))).endsWith(": level"));
    assertTrue(refused(Map.of("level", new BigDecimal("1e-2000000000"))).endsWith(": level"));
  }

  @Test
  void keys_and_values_have_1_to_64_plain_characters() {
    String longest = "x".repeat(64);
    assertEquals(new Bucket(longest + "=" + longest), Bucket.of(Map.of(longest, longest)));
    assertEquals(new Bucket("A_z.0-9=A_z.0-9"), Bucket.parse("A_z.0-9=A_z.0-9"));
    for (String word : List.of("", longest + "x", "a b", "a=b", "a;b", "a:b", "a*", "ä", "a\n")) {
      refused(Map.of("mode", word));
      refused(Map.of(word, "ranked"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mode",
        "=ranked",
        "mode=",
        "mode=a;",
        ";mode=a",
        "mode=a;mode=b",
        "mode=a=b",
        " "
      })
  void a_text_that_is_no_list_of_settings_is_refused(String text) {
    assertThrows(IllegalArgumentException.class, () -> Bucket.parse(text));
  }

  @Test
  void settings_have_at_most_16_keys() {
    assertEquals(new Bucket(keys(16)), Bucket.parse(keys(16)));
    assertThrows(IllegalArgumentException.class, () -> Bucket.parse(keys(17)));
  }

  private static String keys(int count) {
    return IntStream.range(10, 10 + count).mapToObj(i -> i + "=x").collect(Collectors.joining(";"));
  }

  private static String refused(Map<String, ?> settings) {
    return assertThrows(IllegalArgumentException.class, () -> Bucket.of(settings)).getMessage();
  }
}
