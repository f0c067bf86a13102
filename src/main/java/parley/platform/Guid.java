package parley.platform;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Ids as they travel: 36 characters with dashes, and in no other of the forms that Java reads. */
public final class Guid {

  private static final Pattern FORM =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private Guid() {}

  /** The id that a text says, or empty if it is none. */
  public static Optional<UUID> of(String text) {
    return FORM.matcher(text).matches() ? Optional.of(UUID.fromString(text)) : Optional.empty();
  }
}
