package parley.local.signalr.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import parley.local.signalr.protocol.HubJson;

/** A request, and the answer to it. */
public final class Exchange {

  private static final String BEARER = "Bearer ";

  private final Request request;
  private final Response response;
  private final Callback callback;
  private final Fields query;

  /**
   * @throws IllegalArgumentException if the query cannot be read
   */
  public Exchange(Request request, Response response, Callback callback) {
    this.request = request;
    this.response = response;
    this.callback = callback;
    this.query = Request.extractQueryParameters(request, StandardCharsets.UTF_8);
  }

  public String method() {
    return request.getMethod();
  }

  /** The path as it stands in the request. */
  public String path() {
    return request.getHttpURI().getPath();
  }

  /**
   * The parts of the path, decoded.
   *
   * @throws IllegalArgumentException if they cannot be
   */
  public List<String> segments() {
    List<String> segments = new ArrayList<>();
    for (String segment : path().split("/")) {
      if (!segment.isEmpty()) {
        // In a path a plus is a plus.
        segments.add(URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8));
      }
    }
    return segments;
  }

  public Optional<String> query(String name) {
    return Optional.ofNullable(query.getValue(name));
  }

  /** All values of a parameter. */
  public List<String> queries(String name) {
    return query.getValuesOrEmpty(name);
  }

  public Optional<String> header(HttpHeader name) {
    return Optional.ofNullable(request.getHeaders().get(name));
  }

  /** The token in the header Authorization. */
  public Optional<String> bearer() {
    return header(HttpHeader.AUTHORIZATION)
        .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
        .map(value -> value.substring(BEARER.length()).trim());
  }

  /**
   * The body as UTF-8; empty if it is longer than that.
   *
   * @throws IOException if it breaks off
   */
  public Optional<String> body(int limit) throws IOException {
    InputStream body = Request.asInputStream(request);
    byte[] bytes = body.readNBytes(limit + 1);
    return bytes.length > limit
        ? Optional.empty()
        : Optional.of(new String(bytes, StandardCharsets.UTF_8));
  }

  public void setHeader(HttpHeader name, String value) {
    response.getHeaders().put(name, value);
  }

  /** Answers without a body. */
  public void answer(int status) {
    response.setStatus(status);
    callback.succeeded();
  }

  public void answer(int status, JsonNode json) {
    response.setStatus(status);
    setHeader(HttpHeader.CONTENT_TYPE, "application/json; charset=utf-8");
    byte[] bytes = HubJson.write(json).getBytes(StandardCharsets.UTF_8);
    response.write(true, ByteBuffer.wrap(bytes), callback);
  }

  /** Answers with what is wrong, in the shape of the service's own errors. */
  public void refuse(int status, String code, String message) {
    answer(status, HubJson.object().put("code", code).put("message", message));
  }

  public void refuseToken(String why) {
    setHeader(HttpHeader.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"");
    refuse(401, "Unauthorized", why);
  }

  /** What Jetty needs to make a WebSocket of it. */
  public Request request() {
    return request;
  }

  /** The same. */
  public Response response() {
    return response;
  }

  /** The same. */
  public Callback callback() {
    return callback;
  }
}
