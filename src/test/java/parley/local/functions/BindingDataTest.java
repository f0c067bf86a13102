package parley.local.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Expressions in the properties of bindings. */
class BindingDataTest {

  private final BindingData data =
      new BindingData(
          new HttpInput(
              "POST",
              URI.create("http://localhost/"),
              Map.of("x-player-id", "a$1"),
              Map.of("User", "bob"),
              ""),
          Map.of("room", "red"));

  @Test
  void expressions_take_from_headers_in_any_case_the_query_and_the_route() {
    assertEquals("a$1/bob/red/{}", data.resolve("{headers.X-Player-Id}/{query.User}/{room}/{}"));
    assertEquals("", data.resolve(""));
  }

  @Test
  void what_is_not_there_is_told_in_the_words_of_azure() {
    for (String missing : new String[] {"headers.y", "query.user", "Room", "sys.utcnow"}) {
      String name = missing.replaceFirst("^\\w+\\.", "");
      assertEquals(
          "Error while accessing '%s': property doesn't exist.".formatted(name),
          assertThrows(IllegalArgumentException.class, () -> data.resolve("{" + missing + "}"))
              .getMessage());
    }
  }
}
