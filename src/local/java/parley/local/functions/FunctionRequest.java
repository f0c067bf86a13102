package parley.local.functions;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatus;
import com.microsoft.azure.functions.HttpStatusType;
import java.net.URI;
import java.util.Map;

/** The request object that a function sees, with the body as the type that it declares. */
record FunctionRequest(HttpInput input, Object body) implements HttpRequestMessage<Object> {

  @Override
  public URI getUri() {
    return input.uri();
  }

  @Override
  public HttpMethod getHttpMethod() {
    return HttpMethod.value(input.method());
  }

  @Override
  public Map<String, String> getHeaders() {
    return input.headers();
  }

  @Override
  public Map<String, String> getQueryParameters() {
    return input.query();
  }

  @Override
  public Object getBody() {
    return body;
  }

  @Override
  public HttpResponseMessage.Builder createResponseBuilder(HttpStatus status) {
    return new FunctionResponse.Builder().status(status);
  }

  @Override
  public HttpResponseMessage.Builder createResponseBuilder(HttpStatusType status) {
    return new FunctionResponse.Builder().status(status);
  }
}
