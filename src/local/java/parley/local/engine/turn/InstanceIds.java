package parley.local.engine.turn;

import java.util.Optional;

/** The rules for instance ids: those of Durable Functions, so that what runs here runs there. */
public final class InstanceIds {

  private static final int LONGEST = 256;

  private InstanceIds() {}

  /** Why an id will not do, or empty if it will. */
  public static Optional<String> problem(String id) {
    if (id.isEmpty() || id.length() > LONGEST) {
      return Optional.of(
          "an instance id has 1 to " + LONGEST + " characters, this one has " + id.length());
    }
    if (id.startsWith("@")) {
      return Optional.of("an instance id must not start with '@': " + id);
    }
    if (id.chars().anyMatch(InstanceIds::forbidden)) {
      return Optional.of(
          "an instance id must not contain '/', '\\', '#', '?' or control characters: "
              + printable(id));
    }
    return Optional.empty();
  }

  private static boolean forbidden(int character) {
    return "/\\#?".indexOf(character) >= 0 || Character.isISOControl(character);
  }

  private static String printable(String id) {
    return id.replaceAll("\\p{Cntrl}", "\uFFFD");
  }
}
