package io.lumbar.app.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lumbar.app.fault.UserMistake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
  @TempDir Path scratch;

  @Test
  void isMadeForItsOwnerAloneWithParents() throws IOException {
    Path folder = scratch.resolve("a/b/data");
    try (DataFolder data = DataFolder.open(folder)) {
      assertThat(mode(folder)).isEqualTo("rwx------");
      assertThat(data.kafka()).isEqualTo(folder.resolve("kafka"));
    }
  }

  @Test
  void keepsItsTokenKeyAndInstanceIdOverRestarts() throws IOException {
    Path folder = scratch.resolve("data");
    String token;
    String key;
    Object id;
    try (DataFolder data = DataFolder.open(folder)) {
      token = data.ownerToken();
      key = data.cookieKey();
      id = InstanceId.in(data.state());
      assertThat(token).hasSizeGreaterThan(40).isNotEqualTo(key);
      assertThat(mode(folder.resolve("owner-token"))).isEqualTo("rw-------");
    }
    try (DataFolder data = DataFolder.open(folder)) {
      assertThat(data.ownerToken()).isEqualTo(token);
      assertThat(data.cookieKey()).isEqualTo(key);
      assertThat(InstanceId.in(data.state())).isEqualTo(id);
    }
  }

  @Test
  void namesTheInstanceThatHoldsIt() {
    Path folder = scratch.resolve("data");
    long pid = ProcessHandle.current().pid();
    try (DataFolder data = DataFolder.open(folder)) {
      data.publish(new Instance("http://localhost:8080", data.ownerToken(), pid, "127.0.0.1:9"));
      assertThatThrownBy(() -> DataFolder.open(folder))
          .isInstanceOf(UserMistake.class)
          .hasMessageContaining(
              folder + " is in use by another Lumbar (process " + pid + ", http://localhost:8080)");
    }
  }

  @Test
  void publishesARunningInstanceToItsOwnerAloneUntilItCloses() throws IOException {
    Path folder = scratch.resolve("data");
    try (DataFolder data = DataFolder.open(folder)) {
      Instance instance =
          new Instance(
              "http://localhost:1",
              data.ownerToken(),
              ProcessHandle.current().pid(),
              "127.0.0.1:2");
      data.publish(instance);
      assertThat(DataFolder.runningIn(folder)).contains(instance);
      assertThat(mode(folder.resolve("instance.json"))).isEqualTo("rw-------");
      assertThat(instance.toString()).doesNotContain(data.ownerToken());
    }
    assertThat(DataFolder.runningIn(folder)).isEmpty();
    DataFolder.open(folder).close();
  }

  @Test
  void doesNotBelieveInAnInstanceWhoseProcessIsGone() throws Exception {
    Process gone = new ProcessBuilder("true").start();
    assertThat(gone.waitFor(10, TimeUnit.SECONDS)).isTrue();
    leave(scratch.resolve("instance.json"), gone.pid());
    assertThat(DataFolder.runningIn(scratch)).isEmpty();
  }

  /** The process of this test stands for one that got the number of one that was killed. */
  @Test
  void doesNotBelieveInAnInstanceWhoseNumberIsAnotherProcessesNow() throws Exception {
    Path left = scratch.resolve("instance.json");
    leave(left, ProcessHandle.current().pid());
    assertThat(DataFolder.runningIn(scratch)).as("without a lock file").isEmpty();
    DataFolder.open(scratch).close();
    leave(left, ProcessHandle.current().pid());
    assertThat(scratch.resolve("lock")).exists();
    assertThat(DataFolder.runningIn(scratch)).as("while nobody holds the lock").isEmpty();
    try (DataFolder data = DataFolder.open(scratch)) {
      assertThat(DataFolder.runningIn(scratch)).as("while another one starts").isEmpty();
      assertThatThrownBy(() -> DataFolder.requireFree(scratch))
          .hasMessageContaining(data.root() + " is in use by another Lumbar; use that one");
    }
  }

  @Test
  void isHeldForOtherProcessesHoweverOftenThisOneAsks() throws Exception {
    Path lock = scratch.resolve("lock");
    try (DataFolder data = DataFolder.open(scratch)) {
      data.publish(new Instance("http://localhost:1", "t", ProcessHandle.current().pid(), "k"));
      assertThat(DataFolder.runningIn(scratch)).isPresent();
      assertThatThrownBy(() -> DataFolder.open(scratch)).isInstanceOf(UserMistake.class);
      assertThat(Files.readString(Path.of("/proc/locks")))
          .contains(":" + Files.getAttribute(lock, "unix:ino") + " ");
    }
  }

  private static void leave(Path file, long pid) throws IOException {
    Files.writeString(
        file,
        "{\"url\":\"http://localhost:1\",\"ownerToken\":\"t\",\"pid\":%d,\"kafka\":\"k\"}"
            .formatted(pid));
  }

  @Test
  void refusesAFileInOneSentence() throws IOException {
    Path file = Files.writeString(scratch.resolve("file"), "x");
    assertThatThrownBy(() -> DataFolder.open(file))
        .isInstanceOf(UserMistake.class)
        .hasMessage(file + " is a file; choose a folder with --data DIR");
  }

  @Test
  void refusesAFolderThatCannotBeMadeInOneSentence() {
    Path below = scratch.resolve("x".repeat(300));
    assertThatThrownBy(() -> DataFolder.open(below))
        .isInstanceOf(UserMistake.class)
        .hasMessageStartingWith("cannot create the folder " + below)
        .hasMessageContaining("--data DIR")
        .hasMessageNotContaining("Exception");
  }

  @Test
  void refusesAnIdThatIsNotOne() throws IOException {
    Files.writeString(scratch.resolve("instance-id"), "rubbish\n");
    assertThatThrownBy(() -> InstanceId.in(scratch))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("does not hold a UUID; delete it");
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
