package parley.local.engine.store;

import java.sql.SQLException;

/**
 * A change of the store, applied by its one writer as part of a transaction. It may be applied
 * again after a rollback, so it does nothing but through its arguments.
 */
@FunctionalInterface
interface Change<T> {
  T apply(Rows rows, Effects effects) throws SQLException;
}
