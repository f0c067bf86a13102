package parley.local.engine.store;

import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestrationStatus;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.ParentInstanceInfo;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.TaskFailureDetails;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import parley.local.engine.turn.Instance;

/** How an instance is read from its row. */
final class InstanceRow {

  static final String SELECT =
      "SELECT id, execution, name, version, status, input, output, custom_status, failure, parent,"
          + " created_at, updated_at, turn_at, turns FROM instance";

  private InstanceRow() {}

  static Instance read(ResultSet row) throws SQLException {
    return new Instance(
        row.getString(1),
        row.getLong(2),
        row.getString(3),
        row.getString(4),
        OrchestrationStatus.forNumber(row.getInt(5)),
        row.getString(6),
        row.getString(7),
        row.getString(8),
        EventBytes.read(TaskFailureDetails.parser(), row.getBytes(9)),
        EventBytes.read(ParentInstanceInfo.parser(), row.getBytes(10)),
        Instant.ofEpochMilli(row.getLong(11)),
        Instant.ofEpochMilli(row.getLong(12)),
        Instant.ofEpochMilli(row.getLong(13)),
        row.getInt(14));
  }
}
