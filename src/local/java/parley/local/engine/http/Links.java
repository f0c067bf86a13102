package parley.local.engine.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Tells what can be done with an instance that was started. */
final class Links {

  private final String base;
  private final SystemKey key;

  /**
   * @param base the path of the management API
   */
  Links(String base, SystemKey key) {
    this.base = base;
    this.key = key;
  }

  /** 202, the URLs of the instance, and where and when to ask for its status. */
  void answer(Context http, String id) {
    String here = http.scheme() + "://" + http.host() + base;
    String instance = here + "/instances/" + segment(id);
    String code = key.asParameter();
    String status = instance + "?" + code;
    ObjectNode links =
        Payloads.object()
            .put("id", id)
            .put("statusQueryGetUri", status)
            .put("sendEventPostUri", instance + "/raiseEvent/{eventName}?" + code)
            .put("terminatePostUri", instance + "/terminate?reason={text}&" + code)
            .put("purgeHistoryDeleteUri", status)
            .put("restartPostUri", instance + "/restart?" + code)
            .put("suspendPostUri", instance + "/suspend?reason={text}&" + code)
            .put("resumePostUri", instance + "/resume?reason={text}&" + code);
    http.header("Location", status).header("Retry-After", "10");
    Payloads.answer(http.status(202), links);
  }

  private static String segment(String id) {
    return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
