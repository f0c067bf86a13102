package parley.bench.clients;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Formatter;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import parley.bench.clients.Person.By;

/** What the players of each kind were shown, and whether their inboxes say the same. */
public record Tally(List<Column> columns) {

  /**
   * One kind of player.
   *
   * @param events things that there were to tell
   * @param byConnection ids shown because of a message
   * @param byPush ids shown because of a push
   * @param again what came once more, and was not shown again
   * @param ignored messages to a game that was not on the screen
   * @param late messages that were read after they had expired
   * @param afterReceipt pushes of what the app had been told was shown
   * @param received inbox entries with that status
   * @param pushed inbox entries with that status
   * @param wrong inbox entries that say something else than the screen did, or that it did not show
   */
  record Column(
      Kind kind,
      int players,
      int events,
      int byConnection,
      int byPush,
      int again,
      int ignored,
      int late,
      int afterReceipt,
      int received,
      int pushed,
      int wrong) {

    boolean holds() {
      int online = kind == Kind.ONLINE ? events : 0;
      return byConnection == online
          && received == online
          && byPush == events - online
          && pushed == events - online
          && afterReceipt == 0
          && wrong == 0;
    }
  }

  static Tally of(List<Person> people, Map<Person, JsonNode> inboxes) {
    List<Column> columns = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      List<Person> players = people.stream().filter(person -> person.kind() == kind).toList();
      columns.add(
          new Column(
              kind,
              players.size(),
              players.size() / 2 * Table.EVENTS,
              sum(players, person -> shown(person, By.CONNECTION)),
              sum(players, person -> shown(person, By.PUSH)),
              sum(players, Person::again),
              sum(players, Person::ignored),
              sum(players, Person::late),
              sum(players, Person::afterReceipt),
              sum(players, person -> entries(inboxes.get(person), "received")),
              sum(players, person -> entries(inboxes.get(person), "pushed")),
              sum(players, person -> wrong(person.shown(), inboxes.get(person)))));
    }
    return new Tally(columns);
  }

  private static int sum(List<Person> people, ToIntFunction<Person> count) {
    return people.stream().mapToInt(count).sum();
  }

  private static int shown(Person person, By way) {
    return (int) person.shown().values().stream().filter(way::equals).count();
  }

  private static int entries(JsonNode inbox, String status) {
    int count = 0;
    for (JsonNode entry : inbox) {
      count += entry.path("status").asText().equals(status) ? 1 : 0;
    }
    return count;
  }

  /** In both directions: what was shown and is not in the inbox counts too. */
  private static int wrong(Map<String, By> shown, JsonNode inbox) {
    int right = 0;
    for (JsonNode entry : inbox) {
      By way = shown.get(entry.path("id").asText());
      String status = way == By.CONNECTION ? "received" : "pushed";
      right += way != null && entry.path("status").asText().equals(status) ? 1 : 0;
    }
    return shown.size() - right + inbox.size() - right;
  }

  /** Whether everybody was shown everything once, in the way that is right, and it stands so. */
  public boolean holds() {
    return columns.stream().allMatch(Column::holds);
  }

  @Override
  public String toString() {
    Formatter text = new Formatter();
    text.format("%-28s", "");
    columns.forEach(column -> text.format("%14s", column.kind()));
    line(text, "players", Column::players);
    line(text, "there was to tell", Column::events);
    line(text, "shown by the connection", Column::byConnection);
    line(text, "shown by a push", Column::byPush);
    line(text, "came again, not shown", Column::again);
    line(text, "came in the background", Column::ignored);
    line(text, "came late, not shown", Column::late);
    line(text, "pushed after a receipt", Column::afterReceipt);
    line(text, "in the inbox as received", Column::received);
    line(text, "in the inbox as pushed", Column::pushed);
    line(text, "in the inbox and wrong", Column::wrong);
    return text.toString();
  }

  private void line(Formatter text, String name, ToIntFunction<Column> count) {
    text.format("%n%-28s", name);
    columns.forEach(column -> text.format("%,14d", count.applyAsInt(column)));
  }
}
