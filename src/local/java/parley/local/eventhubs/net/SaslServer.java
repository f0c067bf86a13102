package parley.local.eventhubs.net;

import java.util.Set;
import org.apache.qpid.proton.engine.Sasl;
import org.apache.qpid.proton.engine.SaslListener;
import org.apache.qpid.proton.engine.Transport;

/**
 * Lets everybody in who speaks one of the mechanisms that SDKs use before they show a token: {@code
 * $cbs} is where that is verified, and nothing is allowed without.
 */
final class SaslServer implements SaslListener {

  private static final Set<String> MECHANISMS = Set.of("MSSBCBS", "ANONYMOUS", "EXTERNAL");

  private SaslServer() {}

  static void on(Transport transport) {
    Sasl sasl = transport.sasl();
    sasl.server();
    sasl.setMechanisms(MECHANISMS.toArray(String[]::new));
    sasl.setListener(new SaslServer());
  }

  @Override
  public void onSaslInit(Sasl sasl, Transport transport) {
    String[] chosen = sasl.getRemoteMechanisms();
    boolean known = chosen.length > 0 && MECHANISMS.contains(chosen[0]);
    sasl.done(known ? Sasl.SaslOutcome.PN_SASL_OK : Sasl.SaslOutcome.PN_SASL_AUTH);
  }

  @Override
  public void onSaslResponse(Sasl sasl, Transport transport) {}

  @Override
  public void onSaslMechanisms(Sasl sasl, Transport transport) {}

  @Override
  public void onSaslChallenge(Sasl sasl, Transport transport) {}

  @Override
  public void onSaslOutcome(Sasl sasl, Transport transport) {}
}
