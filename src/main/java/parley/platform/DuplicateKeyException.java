package parley.platform;

import java.sql.SQLException;

/** What was to be inserted has a key that is there already; nothing is written. */
public final class DuplicateKeyException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  DuplicateKeyException(SQLException cause) {
    super("the key is there already", cause);
  }
}
