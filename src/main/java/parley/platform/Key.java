package parley.platform;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import parley.platform.identity.Identity;

/**
 * A setting's name and the value that stands in for a missing one.
 *
 * @param defaultValue null where the setting must be given
 * @param byIdentity the settings that tell of an identity in the place of a secret, by their whole
 *     names: {@code NAME__clientId}
 */
public record Key(String name, String defaultValue, List<String> byIdentity) {

  // The platform's own bindings read these, too, and name them so.
  private static final String CREDENTIAL = "credential";
  private static final String CLIENT_ID = "clientId";
  private static final String MANAGED_IDENTITY = "managedidentity";

  static Key required(String name) {
    return new Key(name, null, List.of());
  }

  static Key optional(String name, String defaultValue) {
    return new Key(name, defaultValue, List.of());
  }

  /**
   * The same, or by an identity.
   *
   * @param parts what it has to be told beside who that is
   */
  Key orByIdentity(String... parts) {
    List<String> names =
        Stream.concat(Arrays.stream(parts), Stream.of(CREDENTIAL, CLIENT_ID))
            .map(part -> name + "__" + part)
            .toList();
    return new Key(name, defaultValue, names);
  }

  /** One of the settings that tell of an identity; empty if it is not given. */
  Key part(String part) {
    return optional(name + "__" + part, "");
  }

  /**
   * Its value.
   *
   * @throws IllegalArgumentException if it is missing; the message names it
   */
  String in(Map<String, String> environment) {
    String value = Optional.ofNullable(environment.get(name)).orElse("").strip();
    if (!value.isEmpty()) {
      return value;
    }
    if (defaultValue == null) {
      throw new IllegalArgumentException("the setting " + name + " is missing");
    }
    return defaultValue;
  }

  /** Whether it stands there, so that no default is needed. */
  boolean isGiven(Map<String, String> environment) {
    return !optional(name, "").in(environment).isEmpty();
  }

  /** Who opens what this connects to, if it holds no secret. */
  Identity identity(Map<String, String> environment) {
    String credential =
        part(CREDENTIAL)
            .in(
                environment,
                MANAGED_IDENTITY + ", or not be set",
                text -> {
                  if (!text.isEmpty() && !text.equalsIgnoreCase(MANAGED_IDENTITY)) {
                    throw new IllegalArgumentException();
                  }
                  return text;
                });
    return new Identity(!credential.isEmpty(), part(CLIENT_ID).in(environment));
  }

  /**
   * Its value, read.
   *
   * @param shape what it must be, in words
   * @param parse throws an {@link IllegalArgumentException} if it is not
   * @throws IllegalArgumentException if it is missing or of another shape; the message names it
   */
  <T> T in(Map<String, String> environment, String shape, Function<String, T> parse) {
    String value = in(environment);
    try {
      return parse.apply(value);
    } catch (IllegalArgumentException e) {
      // Without the cause: its message may quote the value.
      throw new IllegalArgumentException("the setting " + name + " must be " + shape);
    }
  }

  /** Its value, a whole number within these limits. */
  int in(Map<String, String> environment, int least, int most) {
    return in(
        environment,
        "a whole number from " + least + " to " + most,
        text -> {
          int number = Integer.parseInt(text);
          if (number < least || number > most) {
            throw new IllegalArgumentException();
          }
          return number;
        });
  }
}
