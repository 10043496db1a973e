package io.lumbar.app.cli;

import io.lumbar.app.fault.UserMistake;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "report",
    description = "Write the morning report: last night, yesterday, and what to do today.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  ./lumbar report --wearer Anna",
      "  ./lumbar report --wearer Anna --date 2026-03-05 --format html --out anna.html",
      "  ./lumbar report --wearer Anna --date 2026-W10 --out week.pdf"
    })
@SuppressWarnings("NullAway.Init") // picocli
final class ReportCommand implements Callable<Integer> {
  private static final Map<String, String> MEDIA_TYPES =
      Map.of(
          "html", "text/html",
          "json", "application/json",
          "csv", "text/csv",
          "pdf", "application/pdf",
          "email", "text/html",
          "text", "text/plain");

  @ParentCommand private LumbarCommand lumbar;
  @Spec private CommandSpec spec;
  @Mixin private ServerOptions server;

  @Option(names = "--wearer", paramLabel = "NAME", required = true, description = "Whose report.")
  private String wearer;

  @Option(
      names = "--date",
      paramLabel = "D",
      description =
          "The morning, as 2026-03-05; it tells of the day before (today). Or a week, as 2026-W10,"
              + " or a month, as 2026-03.")
  private @Nullable String date;

  @Option(
      names = "--format",
      paramLabel = "F",
      description = "html, json, csv, pdf, email or text; by the ending of --out, else text.")
  private @Nullable String format;

  @Option(names = "--out", paramLabel = "FILE", description = "Write it here.")
  private @Nullable Path out;

  @Override
  public Integer call() {
    String type = MEDIA_TYPES.get(format());
    if (type == null) {
      throw new ParameterException(
          spec.commandLine(),
          "--format must be html, json, csv, pdf, email or text, not " + format);
    }
    if (out == null && format().equals("pdf")) {
      throw new ParameterException(spec.commandLine(), "A PDF goes into a file: add --out FILE.");
    }
    String path =
        "/api/v1/wearers/"
            + ApiClient.encode(wearer)
            + "/reports/"
            + morning()
            + "?format="
            + format();
    byte[] report = server.client(lumbar.surroundings()).download(path, type);
    if (out == null) {
      PrintWriter screen = spec.commandLine().getOut();
      screen.print(new String(report, StandardCharsets.UTF_8));
      screen.flush();
    } else {
      write(report, out);
    }
    return 0;
  }

  private String format() {
    if (format != null) {
      return format;
    }
    String name = out == null ? "" : String.valueOf(out.getFileName());
    String ending = name.substring(name.lastIndexOf('.') + 1);
    return MEDIA_TYPES.containsKey(ending) ? ending : "text";
  }

  private String morning() {
    if (date == null) {
      return "today";
    }
    if (date.matches("\\d{4}-(W\\d{2}|\\d{2})")) {
      return date;
    }
    try {
      return LocalDate.parse(date).toString();
    } catch (DateTimeException e) {
      throw new ParameterException(
          spec.commandLine(),
          "--date must be a date like 2026-03-05, a week like 2026-W10 or a month like 2026-03, not "
              + date);
    }
  }

  private void write(byte[] report, Path file) {
    try {
      Files.write(file, report);
    } catch (IOException e) {
      throw new UserMistake(file + " cannot be written; choose another place with --out");
    }
    PrintWriter notes = spec.commandLine().getErr();
    notes.println("Written to " + file);
    notes.flush();
  }
}
