package parley.platform;

import org.flywaydb.core.Flyway;

/** The database's schema, in versions under {@code db/migration}. */
public final class Schema {
  private Schema() {}

  /**
   * Brings the database to this version's schema; does nothing if it is there already.
   *
   * @param url a JDBC URL, whose user may change the schema
   */
  public static void migrate(String url) {
    // Without credentials of its own, Flyway takes those in the URL.
    Flyway.configure().dataSource(url, null, null).load().migrate();
  }
}
