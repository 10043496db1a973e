package io.lumbar.app;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The direction of modules and packages, and what is done in one place only. */
class ArchitectureTest {
  private static final JavaClasses LUMBAR =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("io.lumbar");

  /** Methods of java.time that read the wall clock when called without one. */
  private static final DescribedPredicate<JavaMethodCall> READ_THE_WALL_CLOCK =
      DescribedPredicate.describe(
          "read the wall clock",
          call -> {
            String type = call.getTargetOwner().getName();
            String method = call.getName();
            boolean withoutClock =
                call.getTarget().getRawParameterTypes().stream()
                    .noneMatch(t -> t.isAssignableTo(Clock.class));
            return (type.startsWith("java.time.") && method.equals("now") && withoutClock)
                || (type.equals(Clock.class.getName()) && method.startsWith("system"))
                || (type.equals(Clock.class.getName()) && method.startsWith("tick"))
                || (type.equals(InstantSource.class.getName()) && method.equals("system"))
                || (type.equals("java.lang.System") && method.equals("currentTimeMillis"));
          });

  @Test
  void looksAtEveryModule() {
    Set<String> modules =
        LUMBAR.stream()
            .map(c -> c.getPackageName().split("\\."))
            .filter(parts -> parts.length > 2)
            .map(parts -> parts[2])
            .collect(Collectors.toSet());
    assertThat(modules)
        .contains("model", "http", "ingest", "analytics", "alerts", "history", "reports", "app");
    assertThat(LUMBAR.size()).isGreaterThan(80);
  }

  @Test
  void modulesDependInOneDirection() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .withOptionalLayers(true)
        .layer("model")
        .definedBy("io.lumbar.model..")
        .layer("http")
        .definedBy("io.lumbar.http..")
        .layer("ingest")
        .definedBy("io.lumbar.ingest..")
        .layer("analytics")
        .definedBy("io.lumbar.analytics..")
        .layer("alerts")
        .definedBy("io.lumbar.alerts..")
        .layer("history")
        .definedBy("io.lumbar.history..")
        .layer("reports")
        .definedBy("io.lumbar.reports..")
        .layer("app")
        .definedBy("io.lumbar.app..")
        .whereLayer("app")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("reports")
        .mayOnlyBeAccessedByLayers("app")
        .whereLayer("history")
        .mayOnlyBeAccessedByLayers("reports", "app")
        .whereLayer("alerts")
        .mayOnlyBeAccessedByLayers("app")
        .whereLayer("analytics")
        .mayOnlyBeAccessedByLayers("app")
        .whereLayer("ingest")
        .mayOnlyBeAccessedByLayers("app")
        .whereLayer("http")
        .mayOnlyBeAccessedByLayers("ingest", "analytics", "alerts", "history", "reports", "app")
        .check(LUMBAR);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("io.lumbar.(**)").should().beFreeOfCycles().check(LUMBAR);
  }

  @Test
  void onlyAppReadsTheWallClock() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.lumbar.app..", "io.lumbar.benchmarks..")
        .should()
        .callMethodWhere(READ_THE_WALL_CLOCK)
        .orShould()
        .callConstructorWhere(
            target(owner(assignableTo(Date.class)))
                .and(target(nameMatching("<init>")))
                .and(
                    DescribedPredicate.describe(
                        "without an instant",
                        call -> call.getTarget().getRawParameterTypes().isEmpty())))
        .check(LUMBAR);
  }

  @Test
  void theRuleAboutTheWallClockSeesIt() {
    JavaClasses here = new ClassFileImporter().importClasses(ReadsTheClock.class);
    assertThat(
            noClasses().should().callMethodWhere(READ_THE_WALL_CLOCK).evaluate(here).hasViolation())
        .isTrue();
  }

  @Test
  void onlyTheCommandLineUsesTheStandardStreams() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.lumbar.app.cli..", "io.lumbar.benchmarks..")
        .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
        .check(LUMBAR);
  }

  @Test
  void onlyTheEmbeddedBrokerUsesTheInsideOfKafka() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.lumbar.app.broker..", "io.lumbar.benchmarks..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "kafka..", "org.apache.kafka.metadata..", "org.apache.kafka.server..", "scala..")
        .check(LUMBAR);
  }

  @Test
  void theModelDependsOnKafkaClientsAndJacksonAlone() {
    classes()
        .that()
        .resideInAPackage("io.lumbar.model..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "io.lumbar.model..",
            "java..",
            "com.fasterxml.jackson..",
            "org.apache.kafka..",
            "org.jspecify..")
        .check(LUMBAR);
  }

  private static final class ReadsTheClock {
    Instant read() {
      return Instant.now();
    }
  }
}
