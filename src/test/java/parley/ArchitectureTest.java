package parley;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;

/** The arrows that must never be. */
@AnalyzeClasses(packages = "parley", importOptions = ArchitectureTest.AppAndLocalHost.class)
class ArchitectureTest {

  /** The local host is compiled beside the tests, which are left out. */
  static final class AppAndLocalHost implements ImportOption {
    @Override
    public boolean includes(Location location) {
      boolean test = location.matches(java.util.regex.Pattern.compile(".*Test(\\$.*)?\\.class"));
      return !test && (location.contains("/classes/") || location.contains("/parley/local/"));
    }
  }

  private static final String ENGINE = "parley.local.engine.";

  private static final String HUBS = "parley.local.eventhubs.";

  private static final String SIGNALR = "parley.local.signalr.";

  private static final List<String> FEATURES =
      List.of("game", "matchmaking", "trivia", "players", "notifications");

  private static final DescribedPredicate<JavaClass> A_FEATURE =
      resideInAnyPackage(
          "parley.game..", "parley.matchmaking..", "parley.trivia..", "parley.players..");

  /** What a feature shows to the others. */
  private static final DescribedPredicate<JavaClass> NAMES_OR_START_RECORD =
      describe(
          "names or a start record",
          type ->
              type.getName().matches(".*Names(\\$\\w+)?")
                  || type.getName().equals("parley.notifications.Notification"));

  /** What gives another answer at every replay. */
  private static final Set<String> UNREPEATABLE =
      Set.of(
          "java.time.Instant.now",
          "java.time.LocalDateTime.now",
          "java.time.ZonedDateTime.now",
          "java.time.Clock.instant",
          "java.time.Clock.millis",
          "java.util.UUID.randomUUID",
          "java.lang.Math.random",
          "java.lang.System.currentTimeMillis",
          "java.lang.System.nanoTime");

  @ArchTest
  static void rules_know_only_java_and_themselves(JavaClasses classes) {
    for (String feature : FEATURES) {
      String rules = "parley." + feature + ".rules..";
      classes()
          .that()
          .resideInAPackage(rules)
          .should()
          .onlyDependOnClassesThat(resideInAnyPackage("java..", rules))
          // Not every feature is there yet, nor has rules.
          .allowEmptyShould(true)
          .check(classes);
    }
  }

  @ArchTest
  static void features_know_of_each_other_only_names_and_start_records(JavaClasses classes) {
    for (String feature : FEATURES) {
      String[] others =
          FEATURES.stream()
              .filter(other -> !other.equals(feature))
              .map(other -> "parley." + other + "..")
              .toArray(String[]::new);
      noClasses()
          .that()
          .resideInAPackage("parley." + feature + "..")
          .should()
          .dependOnClassesThat(resideInAnyPackage(others).and(not(NAMES_OR_START_RECORD)))
          // Not every feature is there yet.
          .allowEmptyShould(true)
          .check(classes);
    }
  }

  @ArchTest
  static final ArchRule platform_and_notifications_know_no_feature =
      noClasses()
          .that()
          .resideInAnyPackage("parley.platform..", "parley.notifications..")
          .should()
          .dependOnClassesThat(A_FEATURE);

  @ArchTest
  static final ArchRule the_app_knows_nothing_of_the_local_host =
      noClasses()
          .that()
          .resideOutsideOfPackage("parley.local..")
          .should()
          .dependOnClassesThat(resideInAPackage("parley.local.."));

  @ArchTest
  static final ArchRule the_local_host_knows_no_feature =
      noClasses()
          .that()
          .resideInAPackage("parley.local..")
          .should()
          .dependOnClassesThat(A_FEATURE.or(resideInAPackage("parley.notifications..")));

  @ArchTest
  static final ArchRule a_turn_of_the_durable_engine_is_pure =
      classes()
          .that()
          .resideInAPackage(ENGINE + "turn")
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                      "java..",
                      "com.google.protobuf..",
                      "com.microsoft.durabletask.implementation.protobuf..",
                      ENGINE + "turn")
                  .and(
                      not(
                          describe(
                              "IO, threads or randomness", type -> isEffect(type.getName())))));

  @ArchTest
  static void the_rooms_of_the_durable_engine_know_only_those_below(JavaClasses classes) {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("engine")
        .definedBy("parley.local.engine")
        .layer("grpc")
        .definedBy(ENGINE + "grpc")
        .layer("http")
        .definedBy(ENGINE + "http")
        .layer("hub")
        .definedBy(ENGINE + "hub")
        .layer("run")
        .definedBy(ENGINE + "run")
        .layer("store")
        .definedBy(ENGINE + "store")
        .layer("turn")
        .definedBy(ENGINE + "turn")
        .whereLayer("engine")
        .mayOnlyAccessLayers("grpc", "http", "hub", "run", "store")
        .whereLayer("grpc")
        .mayOnlyAccessLayers("hub", "run", "store", "turn")
        .whereLayer("http")
        .mayOnlyAccessLayers("hub", "store", "turn")
        .whereLayer("hub")
        .mayOnlyAccessLayers("run", "store", "turn")
        .whereLayer("run")
        .mayOnlyAccessLayers("store", "turn")
        .whereLayer("store")
        .mayOnlyAccessLayers("turn")
        .whereLayer("turn")
        .mayNotAccessAnyLayer()
        .check(classes.that(describe("the engine", type -> !isTestHelper(type))));
  }

  @ArchTest
  static void the_rooms_of_the_event_hubs_know_only_those_below(JavaClasses classes) {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("trigger")
        .definedBy(HUBS + "trigger")
        .layer("node")
        .definedBy(HUBS + "node")
        .layer("net")
        .definedBy(HUBS + "net")
        .layer("message")
        .definedBy(HUBS + "message")
        .layer("sas")
        .definedBy(HUBS + "sas")
        .layer("log")
        .definedBy(HUBS + "log")
        .whereLayer("trigger")
        .mayOnlyAccessLayers("log")
        .whereLayer("node")
        .mayOnlyAccessLayers("net", "message", "sas", "log")
        .whereLayer("net")
        .mayNotAccessAnyLayer()
        .whereLayer("message")
        .mayOnlyAccessLayers("log")
        .whereLayer("sas")
        .mayNotAccessAnyLayer()
        .whereLayer("log")
        .mayNotAccessAnyLayer()
        .check(classes);
  }

  @ArchTest
  static void the_rooms_of_signalr_know_only_those_below(JavaClasses classes) {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("binding")
        .definedBy(SIGNALR + "binding")
        .layer("client")
        .definedBy(SIGNALR + "client")
        .layer("rest")
        .definedBy(SIGNALR + "rest")
        .layer("hub")
        .definedBy(SIGNALR + "hub")
        .layer("web")
        .definedBy(SIGNALR + "web")
        .layer("protocol")
        .definedBy(SIGNALR + "protocol")
        .layer("token")
        .definedBy(SIGNALR + "token")
        .whereLayer("binding")
        .mayOnlyAccessLayers("token")
        .whereLayer("client")
        .mayOnlyAccessLayers("hub", "web", "protocol", "token")
        .whereLayer("rest")
        .mayOnlyAccessLayers("hub", "web", "protocol", "token")
        .whereLayer("hub")
        .mayOnlyAccessLayers("protocol")
        .whereLayer("web")
        .mayOnlyAccessLayers("protocol")
        .whereLayer("protocol")
        .mayNotAccessAnyLayer()
        .whereLayer("token")
        .mayNotAccessAnyLayer()
        .check(classes);
  }

  @ArchTest
  static final ArchRule the_environment_is_read_where_a_process_begins =
      noClasses()
          .that(not(describe("a root", type -> isRoot(type))))
          .should()
          .callMethodWhere(
              describe("getenv", call -> name(call).equals("java.lang.System.getenv")));

  @ArchTest
  static final ArchRule rules_and_orchestrators_can_be_replayed =
      noClasses()
          .that(describe("rules or orchestrators", type -> isReplayed(type)))
          .should()
          .callMethodWhere(describe("unrepeatable", call -> UNREPEATABLE.contains(name(call))))
          .orShould()
          .dependOnClassesThat(
              describe("IO, threads or randomness", type -> isEffect(type.getName())));

  /** Those beside the engine's tests are compiled into the same folder as the engine. */
  private static boolean isTestHelper(JavaClass type) {
    return type.getName().matches("parley\\.local\\.engine\\.\\w+(\\$.*)?")
        && !type.getName().matches("parley\\.local\\.engine\\.DurableEngine(\\$.*)?");
  }

  private static boolean isRoot(JavaClass type) {
    return Set.of("parley.Migrate", "parley.FunctionFactory", "parley.local.LocalHost")
        .contains(type.getName());
  }

  private static boolean isReplayed(JavaClass type) {
    return type.getPackageName().contains(".rules")
        || type.getName().matches(".*Orchestrator(\\$\\w+)?");
  }

  private static boolean isEffect(String type) {
    return type.matches("java\\.(io|net|nio|sql|util\\.concurrent)\\..*")
        || type.matches(
            "java\\.util\\.(Random|SplittableRandom|random\\..*)|java\\.security\\..*|java\\.lang\\.Thread");
  }

  private static String name(JavaMethodCall call) {
    return call.getTargetOwner().getName() + "." + call.getName();
  }
}
