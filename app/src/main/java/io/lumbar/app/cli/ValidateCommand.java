package io.lumbar.app.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lumbar.app.validate.ScoreText;
import io.lumbar.app.validate.Validation;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "validate",
    description = "Score the detectors on labelled recordings.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Needs no server. Folders that are not known are named on standard error and skipped.",
      "Exit code 1 when a folder cannot be read."
    })
@SuppressWarnings("NullAway.Init") // picocli
final class ValidateCommand implements Callable<Integer> {
  @ParentCommand private LumbarCommand lumbar;
  @Spec private CommandSpec spec;
  @Mixin private JsonOption json;

  @Parameters(paramLabel = "FOLDER", description = "What holds the folders of recordings.")
  private Path folder;

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    ProgressLine line = new ProgressLine(err, lumbar.surroundings().terminal());
    Validation.Result result =
        Validation.ofAll()
            .run(
                folder,
                (what, done, all) -> {
                  if (line.drawsOver()) {
                    line.show("%s (%d of %d)".formatted(what, done + 1, all));
                  }
                });
    line.clear();
    result.passedOver().forEach(err::println);
    result.failed().forEach(err::println);
    err.flush();
    if (json.wanted()) {
      JsonOption.print(spec.commandLine().getOut(), document(result));
    } else {
      print(spec.commandLine().getOut(), result);
    }
    return result.failed().isEmpty() ? 0 : 1;
  }

  private static ObjectNode document(Validation.Result result) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    result
        .scores()
        .forEach(
            (name, score) -> {
              ObjectNode figures = document.putObject(name);
              score.metrics().forEach(figures::put);
            });
    return document;
  }

  private static void print(PrintWriter out, Validation.Result result) {
    result
        .scores()
        .forEach(
            (name, score) -> {
              ScoreText.lines(name, score).forEach(out::println);
              out.println();
            });
    out.flush();
  }
}
