package parley.notifications;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HubAddressTest {

  private static final String REST =
      "SharedAccessKeyName=DefaultFullSharedAccessSignature;SharedAccessKey=hunter2=";

  @Test
  void a_connection_string_is_read_as_azure_writes_it() {
    HubAddress hub = HubAddress.of("Endpoint=sb://ns.servicebus.windows.net/;" + REST, "parley");
    assertEquals(URI.create("https://ns.servicebus.windows.net/parley"), hub.uri());
    assertEquals("DefaultFullSharedAccessSignature", hub.keyName());
    assertEquals("hunter2=", hub.key());
    assertFalse(hub.toString().contains("hunter2"));
  }

  @Test
  void only_on_this_machine_may_it_go_without_tls() {
    HubAddress hub = HubAddress.of("Endpoint=http://127.0.0.1:8889/;" + REST, "parley");
    assertEquals(URI.create("http://127.0.0.1:8889/parley"), hub.uri());
    refused("Endpoint=http://example.com/;" + REST);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hunter2",
        "Endpoint=sb://ns.servicebus.windows.net/;SharedAccessKey=hunter2",
        "Endpoint=sb://ns.servicebus.windows.net/;SharedAccessKeyName=hunter2",
        "Endpoint=sb://hunter2 /;" + REST,
        "Endpoint=sb:hunter2;" + REST,
        "Endpoint=ftp://ns.servicebus.windows.net/;" + REST,
        REST
      })
  void what_is_no_connection_string_is_refused_by_the_name_of_the_setting(String text) {
    refused(text);
  }

  @Test
  void a_hub_has_a_name_that_fits_into_an_address() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> HubAddress.of("Endpoint=sb://ns/;" + REST, "a/b"))
            .getMessage();
    assertTrue(message.contains("NOTIFICATIONHUB_NAME"), message);
  }

  private static void refused(String text) {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> HubAddress.of(text, "parley"));
    assertTrue(refusal.getMessage().contains("NOTIFICATIONHUB_CONNECTION_STRING"));
    assertFalse(refusal.getMessage().contains("hunter2"));
    assertEquals(null, refusal.getCause());
  }
}
