package io.lumbar.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in a folder of its own, with programs that only say who they are. */
class LauncherIT {
  @TempDir Path scratch;
  private Path home;
  private Path bin;

  private record Result(int code, String out, String err) {}

  @BeforeEach
  void prepare() throws IOException {
    home = Files.createDirectory(scratch.resolve("home"));
    bin = Files.createDirectory(scratch.resolve("bin"));
    Files.copy(Path.of("../lumbar"), home.resolve("lumbar"));
    home.resolve("lumbar").toFile().setExecutable(true);
    Files.writeString(home.resolve("pom.xml"), "<project/>");
    for (String tool :
        new String[] {
          "dirname", "sed", "head", "find", "mkdir", "touch", "rm", "mv", "nice", "sleep"
        }) {
      Files.createSymbolicLink(bin.resolve(tool), locate(tool));
    }
  }

  @Test
  void saysThatThereIsNoJava() throws Exception {
    Result result = run("up");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err().lines())
        .singleElement()
        .asString()
        .startsWith("Lumbar needs Java 17 or newer, and there is none. Install it: ");
  }

  @Test
  void saysThatJavaIsTooOld() throws Exception {
    java("11.0.2");
    Result result = run("up");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err().lines()).singleElement().asString().contains("is 11.0.2. Install it: ");
  }

  @Test
  void saysThatThereIsNoMavenToBuildWith() throws Exception {
    java("17.0.1");
    Result result = run("up");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err().lines())
        .singleElement()
        .asString()
        .startsWith("Lumbar is not built yet, and that needs Maven. Install it: ");
  }

  @Test
  void buildsOnceAndAgainOnlyWhenASourceIsNewer() throws Exception {
    java("17.0.1");
    program("mvn", "mkdir -p app/target/lib && touch app/target/lumbar-app.jar");
    Result first = run("doctor", "a b");
    assertThat(first.code()).isEqualTo(7);
    assertThat(first.err()).contains("Building Lumbar (first time: a few minutes)...");
    assertThat(first.out()).contains("io.lumbar.app.cli.Main doctor a b");

    assertThat(run("validate").err()).doesNotContain("Building");

    Path source = Files.createDirectories(home.resolve("app/src/main/java/x/data"));
    Path changed = Files.writeString(source.resolve("A.java"), "");
    Files.setLastModifiedTime(changed, FileTime.fromMillis(System.currentTimeMillis() + 500));
    awaitThatFilesAreNewerThan(changed);
    assertThat(run("doctor").err())
        .as("the jars of a server that runs stay as they are")
        .doesNotContain("Building");
    assertThat(run("validate").err()).contains("Building Lumbar (its sources have changed)...");
    assertThat(run("validate").err()).doesNotContain("Building");
  }

  private void awaitThatFilesAreNewerThan(Path file) {
    Path probe = scratch.resolve("probe");
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .pollInterval(Duration.ofMillis(20))
        .until(
            () ->
                Files.getLastModifiedTime(Files.writeString(probe, "now"))
                        .compareTo(Files.getLastModifiedTime(file))
                    > 0);
  }

  @Test
  void namesTheJdkThatThisDebianHas() throws Exception {
    program("apt-get", "exit 0");
    program("apt-cache", "exit 100");
    assertThat(run("up").err()).endsWith("Install it: sudo apt install default-jdk\n");
    program("apt-cache", "exit 0");
    assertThat(run("up").err()).endsWith("Install it: sudo apt install openjdk-17-jdk\n");
  }

  @Test
  void looksForNewerSourcesInAFolderCalledDataToo() throws Exception {
    Path data = Files.createDirectory(scratch.resolve("data"));
    home = Files.move(home, data.resolve("target"));
    buildsOnceAndAgainOnlyWhenASourceIsNewer();
  }

  @Test
  void saysThatTheBuildFailed() throws Exception {
    java("17.0.1");
    program("mvn", "echo broken; exit 3");
    Result result = run("up");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains("broken").contains("The build failed");
  }

  @Test
  void addsTheOptionsOfTheUser() throws Exception {
    java("21.0.1");
    Files.createDirectories(home.resolve("app/target/lib"));
    Files.writeString(home.resolve("app/target/lumbar-app.jar"), "");
    Files.delete(home.resolve("pom.xml"));
    Result result = run(Map.of("LUMBAR_JAVA_OPTS", "-Da=1 -Db=2"), "doctor");
    assertThat(result.out()).contains(" -Da=1 -Db=2 -cp ").contains("-Xmx512m");
    assertThat(result.out()).contains("-XX:+ExitOnOutOfMemoryError");
  }

  @Test
  void saysThatAJreIsNotEnoughToBuildWith() throws Exception {
    java("17.0.1");
    program("mvn", "exit 3");
    Files.delete(bin.resolve("javac"));
    Result result = run("up");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err().lines())
        .singleElement()
        .asString()
        .contains("needs a JDK", "is only a JRE. Install it: ");
  }

  private void java(String version) throws IOException {
    program("javac", "exit 0");
    program(
        "java",
        """
        if [ "$1" = -version ]; then
          echo 'openjdk version "%s" 2025-01-01' >&2
        else
          echo "java $*"
          exit 7
        fi"""
            .formatted(version));
  }

  private void program(String name, String script) throws IOException {
    Path file = bin.resolve(name);
    Files.writeString(file, "#!/bin/bash\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Result run(String... arguments) throws Exception {
    return run(Map.of(), arguments);
  }

  private Result run(Map<String, String> environment, String... arguments) throws Exception {
    ProcessBuilder builder = new ProcessBuilder("/bin/bash", home.resolve("lumbar").toString());
    builder.command().addAll(List.of(arguments));
    builder.environment().clear();
    builder.environment().put("PATH", bin.toString());
    builder.environment().putAll(environment);
    Path out = scratch.resolve("out");
    Path err = scratch.resolve("err");
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return new Result(
        process.exitValue(),
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }

  private static Path locate(String tool) {
    for (String folder : new String[] {"/bin", "/usr/bin"}) {
      if (Files.isExecutable(Path.of(folder, tool))) {
        return Path.of(folder, tool);
      }
    }
    throw new IllegalStateException("no " + tool);
  }
}
