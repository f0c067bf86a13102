package parley.deploy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a template makes.
 *
 * @param given the parameters that it was given
 * @param outputs its own and those of the templates in it, which Azure keeps as well
 */
record Deployment(
    Map<String, Object> given, List<Resource> resources, Map<String, Object> outputs) {

  Stream<Resource> of(String type) {
    return resources.stream().filter(resource -> resource.type().equals(type));
  }

  /** The value of an app setting, by name, of the first app. */
  Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    Resource app = of("Microsoft.Web/sites").findFirst().orElseThrow();
    if (app.at("properties", "siteConfig", "appSettings") instanceof List<?> list) {
      list.forEach(
          setting ->
              settings.put(
                  String.valueOf(Template.map(setting).get("name")),
                  Template.map(setting).get("value")));
    }
    return settings;
  }
}
