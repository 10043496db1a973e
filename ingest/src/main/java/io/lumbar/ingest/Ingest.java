package io.lumbar.ingest;

import io.lumbar.http.Authentication;
import io.lumbar.http.Registry;
import io.lumbar.http.Routes;
import io.lumbar.http.mqtt.MqttConfig;
import io.lumbar.ingest.connect.ConnectRoutes;
import io.lumbar.ingest.mqtt.MqttSource;
import io.lumbar.ingest.statements.ImportedLately;
import io.lumbar.ingest.statements.KnownDays;
import io.lumbar.ingest.statements.StatementRoutes;
import io.lumbar.ingest.watch.ImportFolder;
import io.lumbar.model.DeviceId;
import io.lumbar.model.Experiment;
import io.lumbar.model.KafkaConnection;
import io.lumbar.model.WearerId;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.Predicate;

/**
 * Everything that takes uploads. What it answers with 2xx the broker has acknowledged; closing it
 * finishes what is under way and leaves imports to the next start.
 */
public final class Ingest implements AutoCloseable {
  private final Outbox outbox;
  private final DuplicateIndex index;
  private final Imports imports;
  private final Tally tally;
  private final UploadBook book;
  private final Path written;
  private final Predicate<DeviceId> known;
  private final List<Routes> routes;
  private final FolderImports folderImports;
  private final MqttUploads mqttUploads;

  private Ingest(
      Outbox outbox,
      DuplicateIndex index,
      Imports imports,
      Tally tally,
      UploadBook book,
      Path written,
      Predicate<DeviceId> known,
      List<Routes> routes,
      FolderImports folderImports,
      MqttUploads mqttUploads) {
    this.outbox = outbox;
    this.index = index;
    this.imports = imports;
    this.tally = tally;
    this.book = book;
    this.written = written;
    this.known = known;
    this.routes = routes;
    this.folderImports = folderImports;
    this.mqttUploads = mqttUploads;
  }

  /**
   * Opens the producer and the state folder, and goes on with imports that a stop interrupted.
   *
   * @param stateFolder keeps the duplicate index and files under import; one process at a time
   * @param watch tells when the history has an import
   * @param experiments those of a wearer that the history knows, so that no two are tried at once
   * @param days what the history knows of a wearer's days, so that what is said about one that is
   *     closed for everything is refused at once
   * @param liveLag tells how far behind a wearer's partition is, so that imports stand back
   * @param gate tells when uploads and imports must wait
   */
  public static Ingest start(
      KafkaConnection kafka,
      Registry registry,
      Authentication authentication,
      InstantSource clock,
      Path stateFolder,
      BarrierWatch watch,
      Function<WearerId, List<Experiment>> experiments,
      KnownDays days,
      LiveLag liveLag,
      IngestLimits limits,
      UploadGate gate) {
    DuplicateIndex index =
        DuplicateIndex.open(
            stateFolder.resolve("duplicates"), limits.duplicateEntries(), clock.instant());
    Outbox outbox = new Outbox(kafka);
    Tally tally = new Tally(Formats.counted());
    Funnel funnel = new Funnel(outbox, index, tally, clock, limits.maxElements(), gate);
    Path written = stateFolder.resolve("uploads.json");
    Predicate<DeviceId> known = device -> registry.device(device.value()).isPresent();
    UploadBook book = UploadBook.open(written, known);
    ImportedLately imported = ImportedLately.open(stateFolder.resolve("imported.txt"), clock);
    Imports imports =
        new Imports(
            stateFolder.resolve("imports"),
            funnel,
            registry,
            book,
            imported,
            watch,
            liveLag,
            limits);
    Uploaders uploaders = new Uploaders(authentication, registry);
    FormatUploads formatUploads = new FormatUploads(funnel, registry, book, clock);
    NativeUploads nativeUploads = new NativeUploads(funnel, book, clock, limits.maxBodyBytes());
    List<Routes> routes =
        List.of(
            new ObservationRoutes(uploaders, nativeUploads),
            new MotionRoutes(uploaders, nativeUploads),
            new FormatRoutes(Formats.all(), uploaders, formatUploads, limits.maxBodyBytes()),
            new UploadBookRoutes(authentication, registry, book),
            new StatementRoutes(
                authentication, registry, outbox::put, experiments, days, imported, clock),
            new ImportRoutes(authentication, registry, imports, limits),
            new ConnectRoutes(authentication, registry));
    return new Ingest(
        outbox,
        index,
        imports,
        tally,
        book,
        written,
        known,
        routes,
        new FolderImports(imports, registry, limits.maxImportBytes()),
        new MqttUploads(registry, funnel, nativeUploads, formatUploads, limits.maxBodyBytes()));
  }

  /** The paths to serve. */
  public List<Routes> routes() {
    return routes;
  }

  /**
   * Imports the files that appear in a folder, {@code WEARER/file} or {@code WEARER/PLACE/file}; to
   * be closed before this is.
   */
  public ImportFolder watch(Path folder) {
    return ImportFolder.watch(folder, folderImports);
  }

  /** Takes the messages of an MQTT broker; to be closed before this is. */
  public MqttSource listen(MqttConfig broker) {
    return MqttSource.start(broker, mqttUploads);
  }

  /** What was uploaded and imported since the start. */
  public IngestCounters counters() {
    return tally.read();
  }

  /** The formats that are counted apart; their counters add up to {@link #counters()}. */
  public Collection<String> formats() {
    return tally.formats();
  }

  /** What was uploaded and imported since the start in one of {@link #formats()}. */
  public IngestCounters counters(String format) {
    return tally.read(format);
  }

  /** Messages of numbered series that never came, as far as the last recordings of each tell. */
  public long lostMessages() {
    return book.lost();
  }

  /**
   * Has something done, quickly, whenever what an upload brought is answered 503, be it that the
   * broker does not acknowledge, that too many wait for it already, or that the gate is closed, in
   * the thread of that upload: its sender will come back after the seconds that are given. Nothing
   * is done for one that is answered so before it was read, for want of memory; only large ones
   * are.
   */
  public void whenRefused(IntConsumer task) {
    outbox.whenRefused(task);
  }

  /** False for half a minute after the broker failed to acknowledge, or until it does again. */
  public boolean healthy() {
    return outbox.healthy();
  }

  /** True for half a minute after the broker acknowledged an upload late. */
  public boolean slow() {
    return outbox.slow();
  }

  @Override
  public void close() {
    imports.close();
    book.write(written, known);
    outbox.close();
    index.close();
  }
}
