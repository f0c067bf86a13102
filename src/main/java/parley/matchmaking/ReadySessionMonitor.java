package parley.matchmaking;

import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.TimerTrigger;

/**
 * The sweep: takes out who and what is gone, then hands over what match-on-arrival has left, and
 * what was handed over without word that it arrived.
 */
public final class ReadySessionMonitor {

  private final SessionPool sessions;
  private final ServerPool servers;
  private final HandOver handOver;

  public ReadySessionMonitor(SessionPool sessions, ServerPool servers, HandOver handOver) {
    this.sessions = sessions;
    this.servers = servers;
    this.handOver = handOver;
  }

  @FunctionName("ReadySessionMonitor")
  public void readySessionMonitor(
      @TimerTrigger(name = "timer", schedule = "%MATCHMAKING_MONITOR_SCHEDULE%") String timer) {
    servers.sweep();
    sessions.sweep();
    handOver.run();
  }
}
