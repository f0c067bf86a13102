package parley.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

  record Sample(UUID id, String name, Integer count, Instant at, Map<String, Object> more) {}

  @Test
  void a_record_comes_back_as_it_was() {
    Sample sample =
        new Sample(
            UUID.randomUUID(), "Ada", 3, Instant.parse("2026-03-01T12:00:00.123Z"), Map.of());

    assertEquals(sample, Json.read(Json.write(sample), Sample.class));
  }

  @Test
  void times_are_iso_8601_and_absent_values_are_null() {
    String text =
        Json.write(new Sample(null, null, null, Instant.parse("2026-03-01T12:00:00Z"), null));

    assertEquals(
        "{\"id\":null,\"name\":null,\"count\":null,\"at\":\"2026-03-01T12:00:00Z\","
            + "\"more\":null}",
        text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "null",
        "\"text\"",
        "{",
        "{\"count\": 1.5}",
        "{\"count\": \"1\"}",
        "{\"count\": true}",
        "{\"name\": 5}",
        "{\"id\": \"no id\"}",
        "{\"more\": []}",
        "{\"name\": \"a\", \"name\": \"b\"}",
        "{} {}",
        "{\"count\": 99999999999}"
      })
  void what_is_not_exactly_the_type_is_malformed(String text) {
    assertThrows(Json.MalformedException.class, () -> Json.read(text, Sample.class));
  }

  @Test
  void the_refusal_names_the_field_and_not_the_value() {
    Json.MalformedException refusal =
        assertThrows(
            Json.MalformedException.class,
            () -> Json.read("{\"count\": \"secret\"}", Sample.class));

    assertTrue(refusal.getMessage().contains("count"), refusal.getMessage());
    assertTrue(!refusal.getMessage().contains("secret"), refusal.getMessage());
  }

  @Test
  void equal_values_have_one_canonical_text() {
    String one =
        Json.canonical(Json.readObject("{\"b\": [1.0, {\"z\": 1, \"y\": 2}], \"a\": 0.5}"));
    String two = Json.canonical(Json.readObject("{\"a\":5e-1,\"b\":[1,{\"y\":2,\"z\":1}]}"));

    assertEquals(one, two);
    assertEquals("{\"a\":0.5,\"b\":[1,{\"y\":2,\"z\":1}]}", one);
  }

  @Test
  void a_number_is_the_same_however_it_is_written() {
    assertEquals(
        Json.canonical(Json.readObject("{\"a\":1e20,\"b\":-0.0}")),
        Json.canonical(Json.readObject("{\"a\":100000000000000000000,\"b\":0}")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\":\"\\ud800\"}",
        "{\"name\":\"\\udc00\\ud800\"}",
        "{\"name\":\"\ufffd\"}",
        "{\"more\":{\"a\":[{\"\\udfff\":1}]}}"
      })
  void a_stranger_may_not_send_what_is_no_unicode(String text) {
    assertThrows(Json.MalformedException.class, () -> Json.readForeign(text, Sample.class));
  }

  @Test
  void a_stranger_may_send_any_unicode() {
    Sample sample = Json.readForeign("{\"name\":\"\\ud83d\\ude00 Zoë\"}", Sample.class);
    assertEquals("😀 Zoë", sample.name());
  }

  @ParameterizedTest
  @ValueSource(strings = {"MDEyMzQ1Njc4OWFiY2RlZg==", "1-1-1-1-1", "{}", ""})
  void an_id_has_one_form(String id) {
    assertThrows(
        Json.MalformedException.class, () -> Json.read("{\"id\":\"" + id + "\"}", Sample.class));
  }

  @Test
  void a_number_that_no_double_holds_is_malformed() {
    assertThrows(
        Json.MalformedException.class, () -> Json.canonical(Json.readObject("{\"a\":1e999}")));
  }
}
