package parley.local.push;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TagExpressionTest {

  @Test
  void a_single_tag_means_whoever_has_it() {
    assertTrue(matches("player:1", "player:1", "x"));
    assertFalse(matches("player:1", "player:11"));
    assertTrue(matches("$InstallationId:{a.b-c}", "$InstallationId:{a.b-c}"));
  }

  @Test
  void and_binds_more_than_or_and_parentheses_more_than_both() {
    assertTrue(matches("a || b && c", "a"));
    assertFalse(matches("(a || b) && c", "a"));
    assertTrue(matches("(a||b)&&c", "b", "c"));
    assertTrue(matches("a && !b", "a"));
    assertFalse(matches("a && !b", "a", "b"));
    assertTrue(matches("!(a && b)", "a"));
  }

  @Test
  void twenty_tags_may_be_joined_by_or_and_six_otherwise() {
    assertTrue(matches(joined(20, " || "), "t19"));
    assertEquals("a tag expression like this has at most 20 tags", refusal(joined(21, "||")));
    assertFalse(matches(joined(6, " && "), "t1"));
    assertEquals("a tag expression like this has at most 6 tags", refusal(joined(7, "&&")));
  }

  @Test
  void what_is_no_expression_is_refused() {
    assertEquals("the tag expression lacks a tag", refusal(""));
    assertEquals("the tag expression lacks a tag", refusal("a ||"));
    assertEquals("the tag expression lacks a parenthesis", refusal("(a || b"));
    assertEquals("the tag expression cannot be read", refusal("a b"));
    assertEquals("the tag expression cannot be read", refusal("a)"));
    assertEquals("the tag expression has a character that no tag may have", refusal("a | b"));
    assertEquals("the tag expression has a character that no tag may have", refusal("$Other:{a}"));
  }

  private static boolean matches(String expression, String... tags) {
    return TagExpression.of(expression).test(Set.of(tags));
  }

  private static String refusal(String expression) {
    return assertThrows(IllegalArgumentException.class, () -> TagExpression.of(expression))
        .getMessage();
  }

  private static String joined(int tags, String by) {
    return IntStream.range(0, tags).mapToObj(n -> "t" + n).collect(Collectors.joining(by));
  }
}
