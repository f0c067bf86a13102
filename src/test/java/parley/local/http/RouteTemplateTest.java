package parley.local.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTemplateTest {

  @Test
  void literals_match_in_any_case_and_parameters_take_a_segment() {
    RouteTemplate template = new RouteTemplate("sessions/{id}/turns");
    assertEquals(Optional.of(Map.of("id", "S1")), match(template, "Sessions/S1/TURNS"));
    assertEquals(Optional.empty(), match(template, "sessions/S1"));
    assertEquals(Optional.empty(), match(template, "sessions/S1/turns/2"));
    assertEquals(Optional.empty(), template.match(List.of("sessions", "", "turns")));
  }

  @Test
  void a_constraint_must_hold() {
    assertEquals(Optional.of(Map.of("n", "-7")), match(new RouteTemplate("a/{n:int}"), "a/-7"));
    assertEquals(Optional.empty(), match(new RouteTemplate("a/{n:int}"), "a/x"));
    assertTrue(
        match(new RouteTemplate("a/{id:guid}"), "a/0f8fad5b-d9cb-469f-a165-70867728950e")
            .isPresent());
    assertFalse(match(new RouteTemplate("a/{id:guid}"), "a/0f8fad5b").isPresent());
  }

  @Test
  void an_optional_parameter_may_be_left_out_and_a_star_takes_the_rest() {
    assertEquals(Optional.of(Map.of()), match(new RouteTemplate("a/{id?}"), "a"));
    assertEquals(Optional.of(Map.of("id", "b")), match(new RouteTemplate("a/{id?}"), "a/b"));
    assertEquals(Optional.of(Map.of("p", "b/c")), match(new RouteTemplate("a/{*p}"), "a/b/c"));
    assertEquals(Optional.of(Map.of("p", "")), match(new RouteTemplate("a/{*p}"), "a"));
  }

  @Test
  void the_more_definite_template_goes_first() {
    List<String> sorted =
        Stream.of("{*rest}", "players/{id?}", "players/{id}", "players/{n:int}", "players/me")
            .map(RouteTemplate::new)
            .sorted()
            .map(RouteTemplate::toString)
            .toList();
    assertEquals(
        List.of("players/me", "players/{n:int}", "players/{id}", "players/{id?}", "{*rest}"),
        sorted);
  }

  @Test
  void templates_that_differ_in_parameter_names_only_are_the_same() {
    assertTrue(new RouteTemplate("a/{x}").same(new RouteTemplate("A/{y}")));
    assertFalse(new RouteTemplate("a/{x}").same(new RouteTemplate("a/{y:int}")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a", "a//b", "a/{", "a/b{c}", "a/{id:range(1,2)}", "a/{x?}/b", "{*a}/b"})
  void what_cannot_be_read_is_refused(String template) {
    assertThrows(IllegalArgumentException.class, () -> new RouteTemplate(template));
  }

  private static Optional<Map<String, String>> match(RouteTemplate template, String path) {
    return template.match(List.of(path.split("/")));
  }
}
