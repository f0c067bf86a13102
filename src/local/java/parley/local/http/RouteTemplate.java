package parley.local.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A route as Azure Functions writes it: literal segments, {@code {id}}, {@code {n:int}}, {@code
 * {id?}} and {@code {*rest}}. Literals match in any case. The natural order puts the template that
 * Azure would prefer first.
 */
final class RouteTemplate implements Comparable<RouteTemplate> {

  private static final Pattern PARAMETER =
      Pattern.compile("\\{(?<star>\\*)?(?<name>\\w+)(:(?<constraint>\\w+))?(?<optional>\\?)?}");

  private static final Map<String, Pattern> CONSTRAINTS =
      Map.of(
          "int", Pattern.compile("-?\\d{1,9}"),
          "long", Pattern.compile("-?\\d{1,18}"),
          "alpha", Pattern.compile("[A-Za-z]+"),
          "guid", Pattern.compile("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}"));

  private final String text;
  private final List<Segment> segments = new ArrayList<>();

  /**
   * Reads a template.
   *
   * @throws IllegalArgumentException if it uses anything else than the above
   */
  RouteTemplate(String text) {
    this.text = text;
    for (String part : text.split("/")) {
      if (!segments.isEmpty() && segments.get(segments.size() - 1).rank() > 2) {
        throw new IllegalArgumentException(
            "route %s: nothing can follow %s"
                .formatted(text, segments.get(segments.size() - 1).text()));
      }
      segments.add(segment(part));
    }
  }

  /** The parameters that a path gives, or empty if it does not match. */
  Optional<Map<String, String>> match(List<String> path) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < segments.size(); i++) {
      Segment segment = segments.get(i);
      if (segment.kind() == Kind.REST) {
        values.put(
            segment.text(), String.join("/", path.subList(Math.min(i, path.size()), path.size())));
        return Optional.of(values);
      }
      if (i == path.size() && segment.kind() == Kind.OPTIONAL) {
        return Optional.of(values);
      }
      if (i >= path.size() || !segment.accepts(path.get(i))) {
        return Optional.empty();
      }
      if (segment.kind() != Kind.LITERAL) {
        values.put(segment.text(), path.get(i));
      }
    }
    return path.size() == segments.size() ? Optional.of(values) : Optional.empty();
  }

  @Override
  public int compareTo(RouteTemplate other) {
    int common = Math.min(segments.size(), other.segments.size());
    for (int i = 0; i < common; i++) {
      int order = Integer.compare(segments.get(i).rank(), other.segments.get(i).rank());
      if (order != 0) {
        return order;
      }
    }
    return Comparator.comparing((RouteTemplate t) -> t.segments.size())
        .reversed()
        .thenComparing(t -> t.text)
        .compare(this, other);
  }

  /** Whether both match the same paths, whatever they call their parameters. */
  boolean same(RouteTemplate other) {
    return shape().equals(other.shape());
  }

  private List<String> shape() {
    return segments.stream()
        .map(
            s ->
                s.kind() == Kind.LITERAL
                    ? s.text().toLowerCase(Locale.ROOT)
                    : s.rank() + ":" + s.constraint)
        .toList();
  }

  @Override
  public String toString() {
    return text;
  }

  private Segment segment(String part) {
    Matcher parameter = PARAMETER.matcher(part);
    if (!parameter.matches()) {
      if (part.isEmpty() || part.contains("{") || part.contains("}")) {
        throw new IllegalArgumentException("route %s: cannot read \"%s\"".formatted(text, part));
      }
      return new Segment(Kind.LITERAL, part, null);
    }
    String constraint = parameter.group("constraint");
    if (constraint != null && !CONSTRAINTS.containsKey(constraint)) {
      throw new IllegalArgumentException(
          "route %s: the constraint %s is not known here".formatted(text, constraint));
    }
    Kind kind =
        parameter.group("star") != null
            ? Kind.REST
            : parameter.group("optional") != null ? Kind.OPTIONAL : Kind.ONE;
    return new Segment(kind, parameter.group("name"), constraint);
  }

  private enum Kind {
    LITERAL,
    ONE,
    OPTIONAL,
    REST
  }

  /** One part between slashes; the text is the literal, or the parameter's name. */
  private record Segment(Kind kind, String text, String constraint) {

    boolean accepts(String value) {
      if (kind == Kind.LITERAL) {
        return text.equalsIgnoreCase(value);
      }
      return !value.isEmpty()
          && (constraint == null || CONSTRAINTS.get(constraint).matcher(value).matches());
    }

    /** Lower goes first. */
    int rank() {
      return switch (kind) {
        case LITERAL -> 0;
        case ONE -> constraint == null ? 2 : 1;
        case OPTIONAL -> 3;
        case REST -> 4;
      };
    }
  }
}
