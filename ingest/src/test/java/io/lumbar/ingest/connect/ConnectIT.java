package io.lumbar.ingest.connect;

import static io.lumbar.ingest.connect.Browser.patiently;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lumbar.http.Authentication;
import io.lumbar.http.HttpConfig;
import io.lumbar.http.HttpServer;
import io.lumbar.http.KafkaRegistry;
import io.lumbar.http.Principal;
import io.lumbar.http.Registry;
import io.lumbar.http.RegistryRoutes;
import io.lumbar.http.Routes;
import io.lumbar.http.testing.TestBroker;
import io.lumbar.http.testing.TestClient;
import io.lumbar.ingest.Ingest;
import io.lumbar.ingest.IngestLimits;
import io.lumbar.ingest.UploadGate;
import io.lumbar.ingest.statements.KnownDays;
import io.lumbar.model.Device;
import io.lumbar.model.MotionBatch;
import io.lumbar.model.MotionCodec;
import io.lumbar.model.Placement;
import io.lumbar.model.Topic;
import io.lumbar.model.Wearer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser whose motion is made up: a numbered sample every 40 ms. */
class ConnectIT {
  /**
   * Sample n has x = n hundredths of a m/s2, so that none is lost or doubled unseen. Never two
   * within 32 ms, also where timers are late: the page would leave one out.
   */
  private static final String MOVE =
      """
      window.moved = 0;
      let last = 0;
      window.moving = setInterval(() => {
        if (performance.now() - last < 32) {
          return;
        }
        last = performance.now();
        const felt = { x: 0.01 * window.moved++, y: 9.7, z: 0.5 };
        dispatchEvent(new DeviceMotionEvent("devicemotion", { accelerationIncludingGravity: felt, interval: 40 }));
      }, 40);
      """;

  private static TestBroker broker;
  private static KafkaRegistry registry;
  private static Authentication authentication;
  private static Ingest ingest;
  private static List<Routes> routes;
  private static HttpServer server;
  private static int port;
  private static int wearers;
  @TempDir static Path folder;

  @TempDir Path profile;
  private Browser browser;
  private Wearer wearer;
  private String wearerToken;
  private Device device;
  private String token;

  @BeforeAll
  static void start() {
    broker = TestBroker.start(folder.resolve("kafka"));
    registry = KafkaRegistry.start(broker.connection());
    HttpConfig config = HttpConfig.loopback(0);
    InstantSource clock = InstantSource.system();
    authentication =
        new Authentication(registry, "owner-secret", "admin-secret", new byte[32], config, clock);
    ingest =
        Ingest.start(
            broker.connection(),
            registry,
            authentication,
            clock,
            folder.resolve("ingest"),
            (who, barrier) -> true,
            who -> List.of(),
            KnownDays.NONE,
            who -> Duration.ZERO,
            IngestLimits.defaults(),
            UploadGate.OPEN);
    routes = new ArrayList<>(ingest.routes());
    routes.add(new RegistryRoutes(registry, authentication, config, clock));
    server = HttpServer.start(config, authentication, routes);
    port = server.port();
  }

  @AfterAll
  static void stop() {
    server.close();
    ingest.close();
    registry.close();
    broker.close();
  }

  @BeforeEach
  void openBrowser() {
    browser = Browser.start(profile);
    wearers++;
    Registry.Added<Wearer> added =
        registry.addWearer("wearer" + wearers, ZoneId.of("Europe/London"));
    wearer = added.item();
    wearerToken = added.token();
    Registry.Added<Device> phone =
        registry.addDevice(wearer.id(), "Pixel", Placement.TROUSER_POCKET);
    device = phone.item();
    token = phone.token();
  }

  @AfterEach
  void closeBrowser() {
    if (browser != null) {
      browser.close();
    }
  }

  @Test
  void keepsMotionWithoutAConnectionAndSendsItOnceAfterwards() {
    browser.open(page());
    browser.awaitText("whose", "Pixel of wearer" + wearers + ", in the trouser pocket");
    browser.click("start");
    browser.run(MOVE);
    patiently(() -> assertThat(numbers()).isNotEmpty());

    server.close();
    browser.awaitText("sending", "No connection to Lumbar.");
    browser.awaitText("kept", "of motion waits");
    long moved = (Long) browser.run("clearInterval(window.moving); return window.moved;");
    browser.click("stop");
    browser.reload();
    browser.awaitText("kept", "of motion waits");
    server = HttpServer.start(HttpConfig.loopback(port), authentication, routes);

    browser.awaitText("kept", "nothing waits");
    browser.awaitText("sending", "up to date");
    assertThat(numbers()).isEqualTo(IntStream.range(0, (int) moved).boxed().toList());
    MotionBatch batch = batches().get(0);
    assertThat(batch.stamp().device()).isEqualTo(device.id());
    assertThat(batch.y()[0]).isBetween(0.98f, 1f);
    assertThat(Duration.ofMillis(System.currentTimeMillis() - batch.millisAt(0)))
        .isBetween(Duration.ZERO, Duration.ofMinutes(5));
  }

  @Test
  void sendsAgainWhenTheAnswerWasLostAndNothingDoubles() {
    browser.open(page());
    browser.awaitText("whose", "Pixel");
    browser.run(
        """
        const real = window.fetch;
        let lost = false;
        window.fetch = async (path, options) => {
          const response = await real(path, options);
          if (path.includes("/motion?") && !lost) {
            lost = true;
            throw new TypeError("the answer was lost");
          }
          return response;
        };
        """);
    browser.click("start");
    browser.run(MOVE);

    patiently(() -> assertThat(numbers()).isNotEmpty());
    browser.awaitText("sending", "No connection to Lumbar.");
    browser.awaitText("kept", "nothing waits");
    assertThat(numbers()).doesNotHaveDuplicates();
  }

  @Test
  void sendsWhatWaitsWithTheTokenThatReplacedTheOldOne() {
    browser.open(page());
    browser.awaitText("whose", "Pixel");
    browser.run(
        """
        const real = window.fetch;
        window.fetch = (path, options) =>
            path.includes("/motion?") ? Promise.reject(new TypeError()) : real(path, options);
        """);
    browser.click("start");
    browser.run(MOVE);
    browser.awaitText("kept", "of motion waits");
    long moved = (Long) browser.run("clearInterval(window.moving); return window.moved;");
    browser.click("stop");
    token = registry.rotate(device, InstantSource.system().instant()).token();

    browser.open(page());

    browser.awaitText("kept", "nothing waits");
    assertThat(numbers()).isEqualTo(IntStream.range(0, (int) moved).boxed().toList());
  }

  @Test
  void asksAnIphoneAndTurnsItsAxesOver() {
    browser.beforeEachPage(
        """
        Object.defineProperty(navigator, "vendor", { get: () => "Apple Computer, Inc." });
        DeviceMotionEvent.requestPermission = async () => window.answer ?? "denied";
        """);
    browser.open(page());
    browser.awaitText("whose", "Pixel");
    browser.click("start");
    browser.awaitText("trouble", "was not allowed to read motion");
    browser.run("window.answer = \"granted\";");
    browser.click("start");
    browser.awaitText("state", "Recording");
    browser.run(
        """
        setInterval(() => dispatchEvent(new DeviceMotionEvent("devicemotion",
            { accelerationIncludingGravity: { x: 0, y: 0, z: -9.81 }, interval: 40 })), 40);
        """);

    browser.awaitText("feels", "screen up");
    patiently(() -> assertThat(batches()).isNotEmpty());
    assertThat(batches().get(0).z()[0]).isBetween(0.99f, 1.01f);
  }

  @Test
  void saysHowLongItWasHidden() {
    browser.open(page());
    browser.awaitText("whose", "Pixel");
    browser.click("start");
    browser.run(MOVE);
    browser.run(
        """
        Object.defineProperty(document, "visibilityState", { get: () => window.seen ?? "hidden", configurable: true });
        document.dispatchEvent(new Event("visibilitychange"));
        const at = Date.now();
        Date.now = () => at + 420000;
        window.seen = "visible";
        document.dispatchEvent(new Event("visibilitychange"));
        """);

    browser.awaitText("missed", "7 min, the page was hidden");
  }

  @Test
  void saysWhenThereIsNothingToRead() {
    browser.open(page());
    browser.awaitText("whose", "Pixel");
    browser.click("start");

    browser.awaitText("state", "Nothing to record");
    browser.awaitText("line", "has no motion sensor");
  }

  @Test
  void goesDarkForThePocketAndComesBackAfterALongPress() {
    browser.open(page());
    browser.awaitText("whose", "Pixel");
    browser.click("start");
    browser.run(MOVE);
    browser.awaitText("feels", "upright");
    browser.click("pocket");
    browser.awaitText("dark-words", "Press and hold");
    browser.run("document.getElementById('dark').dispatchEvent(new Event('pointerdown'));");

    patiently(() -> assertThat(browser.property("dark", "hidden")).isEqualTo("true"));
  }

  @Test
  void recordsInOneTabOnly() {
    browser.open(page());
    browser.awaitText("whose", "Pixel");
    browser.run(
        "navigator.locks.request('lumbar " + device.id() + "', () => new Promise(() => {}));");
    browser.click("start");

    browser.awaitText("trouble", "Another tab of this phone records already");
  }

  @Test
  void saysThatItNeedsHttps() {
    browser.open("http://phone.test:" + port + "/connect/" + token);

    browser.awaitText("state", "Cannot record here");
    browser.awaitText("trouble", "begins with https://");
    // Who holds the phone has no command line and no folder of documents.
    assertThat(browser.text("trouble")).doesNotContain("docs/", "./lumbar");
  }

  @Test
  void opensForADevicesTokenAlone() {
    TestClient client = new TestClient(port);
    for (String other : List.of(wearerToken, "owner-secret", "ld_unknown")) {
      var answer = client.get("/connect/" + other);
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.text()).contains("This address is not known");
      assertThat(client.get("/connect/" + other + "/device").status()).isEqualTo(401);
    }
  }

  @Test
  void canBeInstalled() {
    TestClient client = new TestClient(port);
    JsonNode manifest = client.get("/connect/" + token + "/manifest.webmanifest").json();

    assertThat(manifest.path("start_url").asText()).isEqualTo("/connect/" + token);
    assertThat(manifest.path("display").asText()).isEqualTo("standalone");
    for (JsonNode icon : manifest.path("icons")) {
      var picture = client.get(icon.path("src").asText());
      assertThat(picture.status()).isEqualTo(200);
      assertThat(picture.header("Content-Type")).isEqualTo("image/png");
    }
    assertThat(client.get("/connect/app/worker.js").header("Service-Worker-Allowed"))
        .isEqualTo("/connect/");
    assertThat(client.get("/connect/app/secret.txt").status()).isEqualTo(404);
  }

  @Test
  void addsAPhoneAndShowsItsCode() {
    assertThat(new TestClient(port).get("/connect").header("Location")).isEqualTo("/signin");
    browser.open("http://127.0.0.1:" + port + authentication.oneTimeLink(new Principal.Owner()));
    browser.open("http://127.0.0.1:" + port + "/connect");
    patiently(() -> assertThat(browser.text("wearer")).contains(wearer.name()));
    browser.run("document.getElementById('wearer').value = '" + wearer.id().value() + "';");
    browser.run("document.getElementById('name').value = 'Old phone';");
    browser.click("add");

    browser.awaitText("address", "http://127.0.0.1:" + port + "/connect/");
    assertThat(browser.property("qr", "naturalWidth")).isNotEqualTo("0");
    assertThat(registry.devicesOf(wearer.id())).extracting(Device::name).contains("Old phone");
    browser.open(browser.text("address"));
    browser.awaitText("whose", "Old phone of " + wearer.name());
  }

  private String page() {
    return "http://127.0.0.1:" + port + "/connect/" + token;
  }

  /** The numbers of all samples in Kafka, in order of time. */
  private List<Integer> numbers() {
    List<Integer> numbers = new ArrayList<>();
    for (MotionBatch batch : batches()) {
      for (float x : batch.x()) {
        numbers.add(Math.round(x * 980.665f));
      }
    }
    return numbers;
  }

  private List<MotionBatch> batches() {
    List<MotionBatch> batches = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            broker.connection().client(),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          IntStream.range(0, TestBroker.PARTITIONS)
              .mapToObj(each -> new TopicPartition(Topic.MOTION.topicName(), each))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
        for (ConsumerRecord<byte[], byte[]> each : consumer.poll(Duration.ofMillis(200))) {
          MotionBatch batch = MotionCodec.decode(each.value());
          if (batch.stamp().device().equals(device.id())) {
            batches.add(batch);
          }
        }
      }
    }
    batches.sort((a, b) -> Long.compare(a.startNanos(), b.startNanos()));
    return batches;
  }
}
