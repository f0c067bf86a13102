package parley;

import org.flywaydb.core.api.FlywayException;
import parley.platform.Schema;

/**
 * Brings the database at {@code MYSQL_CONNECTION_STRING} to this version's schema: {@code mvn -q
 * -Pmigrate}, or in the folder of the package {@code java -cp "*:lib/*" parley.Migrate}. Ends with
 * 0, or with 1 and the reason.
 */
public final class Migrate {
  private Migrate() {}

  public static void main(String[] args) {
    try {
      System.out.println(told(App.migrate(System.getenv())));
    } catch (IllegalArgumentException | Schema.UnusableException | FlywayException e) {
      System.err.println("The schema is not migrated: " + e.getMessage());
      System.exit(1);
    }
  }

  private static String told(int before) {
    if (before > Schema.VERSION) {
      return "The schema is version %d, newer than this app's %d; it stays so."
          .formatted(before, Schema.VERSION);
    }
    return before == Schema.VERSION
        ? "The schema is version %d already.".formatted(before)
        : "The schema was version %d and is %d now.".formatted(before, Schema.VERSION);
  }
}
