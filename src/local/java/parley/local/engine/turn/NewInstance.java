package parley.local.engine.turn;

import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.ParentInstanceInfo;
import java.time.Instant;

/**
 * An orchestration to be started.
 *
 * @param version may be null
 * @param input JSON text, or null for none
 * @param parent whom to tell how it ended, or null
 * @param startAt not to start before, or null for at once
 */
public record NewInstance(
    String id,
    String name,
    String version,
    String input,
    ParentInstanceInfo parent,
    Instant startAt) {}
