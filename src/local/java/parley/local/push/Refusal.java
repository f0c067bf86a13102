package parley.local.push;

/** Ends a request, as Azure does it: a status, and the reason as XML. */
final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final int status;

  Refusal(int status, String detail) {
    super(detail);
    this.status = status;
  }

  int status() {
    return status;
  }

  String xml() {
    String escaped = getMessage().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    return "<Error><Code>%d</Code><Detail>%s</Detail></Error>".formatted(status, escaped);
  }
}
