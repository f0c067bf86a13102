package parley.local.engine.http;

import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestrationStatus;
import io.javalin.http.Context;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads the parameters of a URL. As in the extension, one that cannot be read is not there. */
final class Parameters {

  private Parameters() {}

  static boolean flag(Context http, String name, boolean otherwise) {
    String value = http.queryParam(name);
    return value == null ? otherwise : value.trim().equalsIgnoreCase("true");
  }

  static Optional<Integer> number(Context http, String name) {
    return parsed(http, name, Integer::valueOf);
  }

  static Optional<Duration> seconds(Context http, String name) {
    return parsed(http, name, Double::valueOf)
        .filter(seconds -> seconds >= 0 && seconds <= Integer.MAX_VALUE)
        .map(seconds -> Duration.ofMillis(Math.round(seconds * 1_000)));
  }

  /** A date, or a date and a time, in UTC unless it says otherwise. */
  static Optional<Instant> time(Context http, String name) {
    return parsed(http, name, text -> OffsetDateTime.parse(text).toInstant())
        .or(() -> parsed(http, name, text -> LocalDateTime.parse(text).toInstant(ZoneOffset.UTC)))
        .or(() -> parsed(http, name, Parameters::midnight));
  }

  private static Instant midnight(String date) {
    return LocalDate.parse(date).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  /** The statuses in {@code runtimeStatus}, by their exact names; none for any. */
  static Set<OrchestrationStatus> statuses(Context http) {
    Set<String> names = new HashSet<>();
    http.queryParams("runtimeStatus")
        .forEach(list -> names.addAll(Arrays.asList(list.trim().split("\\s*,\\s*"))));
    Set<OrchestrationStatus> statuses = EnumSet.allOf(OrchestrationStatus.class);
    statuses.remove(OrchestrationStatus.UNRECOGNIZED);
    statuses.removeIf(status -> !names.contains(StatusJson.name(status)));
    return statuses;
  }

  private static <T> Optional<T> parsed(Context http, String name, Function<String, T> parser) {
    String value = http.queryParam(name);
    try {
      return value == null ? Optional.empty() : Optional.of(parser.apply(value.trim()));
    } catch (NumberFormatException | DateTimeException unreadable) {
      return Optional.empty();
    }
  }
}
