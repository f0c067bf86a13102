package parley;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FunctionFactoryTest {

  private static final String NOWHERE = "jdbc:mysql://127.0.0.1:1/asyncmpdb?user=app";

  @Test
  void the_worker_finds_it_and_no_other() {
    List<FunctionInstanceInjector> found =
        ServiceLoader.load(FunctionInstanceInjector.class).stream()
            .map(ServiceLoader.Provider::get)
            .toList();

    assertEquals(1, found.size());
    assertInstanceOf(FunctionFactory.class, found.get(0));
  }

  @Test
  void a_missing_setting_fails_every_invocation_and_is_named() {
    FunctionFactory factory =
        new FunctionFactory(
            () -> new App(Map.of("MYSQL_CONNECTION_STRING", NOWHERE), Clock.systemUTC()));

    for (Class<?> function : App.FUNCTIONS) {
      IllegalArgumentException failure =
          assertThrows(IllegalArgumentException.class, () -> factory.getInstance(function));
      assertEquals("the setting PLAYER_TOKEN_KEY is missing", failure.getMessage());
    }
  }

  @Test
  void an_app_that_cannot_be_made_leaves_nothing_running() throws InterruptedException {
    Map<String, String> settings = new HashMap<>(settings());
    settings.put("NOTIFICATIONHUB_CONNECTION_STRING", "none");

    Set<Thread> before = Thread.getAllStackTraces().keySet();

    assertThrows(IllegalArgumentException.class, () -> new App(settings, Clock.systemUTC()));

    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("mysql") && !before.contains(thread)) {
        thread.join(Duration.ofSeconds(20).toMillis());
        assertFalse(thread.isAlive(), thread.getName());
      }
    }
  }

  @Test
  void every_class_of_functions_has_its_one_instance() {
    try (App app = new App(settings(), Clock.systemUTC())) {
      FunctionFactory factory = new FunctionFactory(() -> app);
      for (Class<?> function : App.FUNCTIONS) {
        Object instance = factory.getInstance(function);
        assertEquals(function, instance.getClass());
        assertSame(instance, factory.getInstance(function));
      }
    }
  }

  private static Map<String, String> settings() {
    return Map.of(
        "MYSQL_CONNECTION_STRING",
        NOWHERE,
        "PLAYER_TOKEN_KEY",
        Base64.getEncoder().encodeToString(new byte[32]),
        "REDIS_CONNECTION_STRING",
        "redis://127.0.0.1:1",
        "AzureSignalRConnectionString",
        "Endpoint=http://localhost;AccessKey=a;Version=1.0;",
        "EVENTHUB_CONNECTION_STRING",
        "Endpoint=sb://localhost:1;SharedAccessKeyName=a;SharedAccessKey=b");
  }
}
