package parley.local.timers;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.BitSet;

/**
 * A schedule as Azure's timer triggers write it: {@code {second} {minute} {hour} {day} {month}
 * {day-of-week}} in UTC, or the same without seconds. As in Azure, and unlike in Unix, a day must
 * match both the day and the day-of-week.
 */
public final class Ncrontab {

  /** 29 February on a given weekday: 28 years, and 40 across a century without a leap day. */
  private static final int YEARS_BETWEEN_MATCHES = 41;

  private final String text;
  private final BitSet seconds;
  private final BitSet minutes;
  private final BitSet hours;
  private final BitSet days;
  private final BitSet months;
  private final BitSet weekdays;

  private Ncrontab(String text, String[] fields) {
    this.text = text;
    int i = fields.length - 5;
    seconds = CronField.SECOND.read(i == 0 ? "0" : fields[0]);
    minutes = CronField.MINUTE.read(fields[i]);
    hours = CronField.HOUR.read(fields[i + 1]);
    days = CronField.DAY.read(fields[i + 2]);
    months = CronField.MONTH.read(fields[i + 3]);
    weekdays = CronField.DAY_OF_WEEK.read(fields[i + 4]);
    if (months.stream().noneMatch(m -> Month.of(m).maxLength() >= days.nextSetBit(0))) {
      throw new IllegalArgumentException("no such day in any of these months");
    }
  }

  /**
   * Reads an expression.
   *
   * @throws IllegalArgumentException if it is none, or never occurs; the message holds it
   */
  public static Ncrontab parse(String expression) {
    String[] fields = expression.trim().split("\\s+");
    if (fields.length != 5 && fields.length != 6) {
      throw new IllegalArgumentException(
          "schedule \"%s\": 5 or 6 fields are needed, got %d".formatted(expression, fields.length));
    }
    try {
      return new Ncrontab(expression, fields);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "schedule \"%s\": %s".formatted(expression, e.getMessage()), e);
    }
  }

  /** The first occurrence later than an instant. */
  public Instant next(Instant after) {
    LocalDateTime from =
        LocalDateTime.ofInstant(after, ZoneOffset.UTC)
            .truncatedTo(ChronoUnit.SECONDS)
            .plusSeconds(1);
    LocalDate last = from.toLocalDate().plusYears(YEARS_BETWEEN_MATCHES);
    LocalTime earliest = from.toLocalTime();
    for (LocalDate day = from.toLocalDate(); day.isBefore(last); day = day.plusDays(1)) {
      if (matches(day)) {
        LocalTime time = nextTime(earliest);
        if (time != null) {
          return day.atTime(time).toInstant(ZoneOffset.UTC);
        }
      }
      earliest = LocalTime.MIDNIGHT;
    }
    throw new IllegalStateException("schedule \"" + text + "\" does not occur again");
  }

  @Override
  public String toString() {
    return text;
  }

  private boolean matches(LocalDate day) {
    return months.get(day.getMonthValue())
        && days.get(day.getDayOfMonth())
        && weekdays.get(day.getDayOfWeek().getValue() % 7);
  }

  /** The first matching time of a day that is not before this one, or null. */
  private LocalTime nextTime(LocalTime earliest) {
    for (int h = hours.nextSetBit(earliest.getHour()); h >= 0; h = hours.nextSetBit(h + 1)) {
      boolean sameHour = h == earliest.getHour();
      int fromMinute = sameHour ? earliest.getMinute() : 0;
      for (int m = minutes.nextSetBit(fromMinute); m >= 0; m = minutes.nextSetBit(m + 1)) {
        boolean sameMinute = sameHour && m == earliest.getMinute();
        int s = seconds.nextSetBit(sameMinute ? earliest.getSecond() : 0);
        if (s >= 0) {
          return LocalTime.of(h, m, s);
        }
      }
    }
    return null;
  }
}
