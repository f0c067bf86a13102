package parley.local.engine.hub;

import java.util.List;
import java.util.Optional;
import parley.local.engine.turn.Instance;

/**
 * Some of the instances that a query asked for, by id.
 *
 * @param next what the query for the rest starts {@link InstanceQuery#after after}; empty if this
 *     was all
 */
public record Page(List<Instance> instances, Optional<String> next) {}
