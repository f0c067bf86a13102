package parley.local.engine.http;

import io.javalin.http.Context;
import parley.local.engine.store.Reply;

/** How requests are refused: with a status, and where there is more to say, a message in JSON. */
final class Refusals {

  private Refusals() {}

  static void answer(Context http, int status, String message) {
    Payloads.answer(http.status(status), Payloads.object().put("Message", message));
  }

  /** What an operation on an instance answers. */
  static void operation(Context http, Reply reply) {
    if (reply instanceof Reply.Refused refused) {
      int status = status(refused.reason());
      if (status == 404 || status == 410) {
        http.status(status);
      } else {
        answer(http, status, refused.message());
      }
    } else {
      http.status(202);
    }
  }

  private static int status(Reply.Reason reason) {
    return switch (reason) {
      case INVALID -> 400;
      case MISSING -> 404;
      case EXISTS -> 409;
      case FINISHED -> 410;
      // The extension finds these out too late for a better one.
      case ALREADY_SUSPENDED, NOT_SUSPENDED, NOT_FAILED -> 500;
    };
  }
}
