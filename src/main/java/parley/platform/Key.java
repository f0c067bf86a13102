package parley.platform;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import parley.platform.identity.Identity;

/**
 * A setting's name and the value that stands in for a missing one.
 *
 * @param defaultValue null where the setting must be given
 * @param byIdentity the settings that tell of an identity in the place of a secret, by their whole
 *     names: {@code NAME__clientId}
 */
public record Key(String name, String defaultValue, List<String> byIdentity) {

  private static final String MANAGED_IDENTITY = "managedidentity";

  static Key required(String name) {
    return new Key(name, null, List.of());
  }

  static Key optional(String name, String defaultValue) {
    return new Key(name, defaultValue, List.of());
  }

  Key or(String... parts) {
    List<String> names = Arrays.stream(parts).map(part -> name + "__" + part).toList();
    return new Key(name, defaultValue, names);
  }

  /** One of the settings that tell of an identity; empty if it is not given. */
  Key part(String part) {
    return optional(name + "__" + part, "");
  }

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

  boolean isGiven(Map<String, String> environment) {
    return !new Key(name, "", List.of()).in(environment).isEmpty();
  }

  /** Who opens what this connects to, if it holds no secret. */
  Identity identity(Map<String, String> environment) {
    String credential =
        part(Settings.CREDENTIAL)
            .in(
                environment,
                MANAGED_IDENTITY + ", or not be set",
                text -> {
                  if (!text.isEmpty() && !text.equalsIgnoreCase(MANAGED_IDENTITY)) {
                    throw new IllegalArgumentException();
                  }
                  return text;
                });
    return new Identity(!credential.isEmpty(), part(Settings.CLIENT_ID).in(environment));
  }

  <T> T in(Map<String, String> environment, String shape, Function<String, T> parse) {
    String value = in(environment);
    try {
      return parse.apply(value);
    } catch (IllegalArgumentException e) {
      // Without the cause: its message may quote the value.
      throw new IllegalArgumentException("the setting " + name + " must be " + shape);
    }
  }

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
