package parley.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import parley.TestDatabase;
import parley.local.services.StartException;

class ParleyAppTest {

  private static final String WHERE = "no database is at MYSQL_CONNECTION_STRING: ";

  @Test
  void a_server_that_does_not_listen_is_told_in_one_line_that_names_the_setting() {
    int nobody = LocalPorts.anyFree();
    assertEquals(
        WHERE + "Connection refused",
        failure("jdbc:mysql://127.0.0.1:%d/asyncmpdb?user=app&password=hunter2".formatted(nobody)));
  }

  @Test
  void a_user_that_the_server_refuses_is_told_without_the_password() {
    String url = TestDatabase.url().replaceFirst("password=[^&]*", "password=hunter2");
    String message = failure(url);
    assertTrue(message.startsWith(WHERE + "Access denied for user 'app'"), message);
    assertFalse(message.contains("hunter2"), message);
  }

  @Test
  void a_url_that_the_driver_cannot_read_is_not_repeated() {
    String message = failure("jdbc:mysql://app:hunter2@[::1/a?user=app&password=%hunter2");
    assertTrue(message.startsWith(WHERE), message);
    assertFalse(message.contains("hunter2"), message);
  }

  private static String failure(String url) {
    Map<String, String> settings = Map.of("MYSQL_CONNECTION_STRING", url);
    return assertThrows(StartException.class, () -> new ParleyApp().migrate(settings)).getMessage();
  }
}
