package io.lumbar.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.lumbar.model.Placement;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "device",
    description = "Add or list a wearer's phones, watches and sensors.",
    mixinStandardHelpOptions = true,
    subcommands = {DeviceCommand.Add.class, DeviceCommand.ListAll.class})
@SuppressWarnings("NullAway.Init") // picocli
final class DeviceCommand implements Runnable {
  @ParentCommand private LumbarCommand lumbar;
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Say what to do: add or list");
  }

  private static String devicesOf(String wearer) {
    return "/api/v1/wearers/" + ApiClient.encode(wearer) + "/devices";
  }

  @Command(
      name = "add",
      description = "Add a device; prints its token, once, and where it uploads to.",
      mixinStandardHelpOptions = true,
      footer = {"", "Example:", "  ./lumbar device add --wearer Anna --placement trouser-pocket"})
  @SuppressWarnings("NullAway.Init") // picocli
  static final class Add implements Callable<Integer> {
    @ParentCommand private DeviceCommand parent;
    @Spec private CommandSpec spec;
    @Mixin private ServerOptions server;
    @Mixin private JsonOption json;

    @Option(names = "--wearer", paramLabel = "NAME", required = true, description = "Who wears it.")
    private String wearer;

    @Option(
        names = "--placement",
        paramLabel = "PLACE",
        required = true,
        description =
            "Where it sits: thigh, trouser-pocket, chest, lower-back, waist, wrist, or estimated"
                + " for one that nobody wears.")
    private String placement;

    @Option(
        names = "--name",
        paramLabel = "NAME",
        description = "What you call it (the placement).")
    private @Nullable String name;

    @Override
    public Integer call() {
      Placement place = place();
      JsonNode added =
          server
              .client(parent.lumbar.surroundings())
              .post(
                  devicesOf(wearer),
                  Map.of(
                      "name",
                      name == null ? place.wireName() : name,
                      "placement",
                      place.wireName()));
      PrintWriter out = spec.commandLine().getOut();
      if (json.wanted()) {
        JsonOption.print(out, added);
        return 0;
      }
      String phone = added.path("urls").path("sensorLogger").asText();
      out.printf("%s is added for %s.%n", added.path("name").asText(), wearer);
      out.printf("Token, shown only now: %s%n%n", added.path("token").asText());
      out.println("The Sensor Logger app pushes to (scan to copy it):");
      out.println("  " + phone);
      out.print(QrCode.of(phone));
      out.println("Programs post observations, with the token as bearer, to:");
      out.println("  " + added.path("urls").path("observations").asText());
      if (phone.contains("//localhost") || phone.contains("//127.")) {
        out.println("A phone cannot reach localhost: start with --lan; ./lumbar doctor explains.");
      }
      out.flush();
      return 0;
    }

    private Placement place() {
      try {
        return Placement.of(placement);
      } catch (IllegalArgumentException e) {
        String known =
            Arrays.stream(Placement.values())
                .map(Placement::wireName)
                .collect(Collectors.joining(", "));
        throw new ParameterException(
            spec.commandLine(), "--placement " + placement + " must be one of " + known, e);
      }
    }
  }

  @Command(name = "list", description = "List a wearer's devices.", mixinStandardHelpOptions = true)
  @SuppressWarnings("NullAway.Init") // picocli
  static final class ListAll implements Callable<Integer> {
    @ParentCommand private DeviceCommand parent;
    @Spec private CommandSpec spec;
    @Mixin private ServerOptions server;
    @Mixin private JsonOption json;

    @Option(names = "--wearer", paramLabel = "NAME", required = true, description = "Whose.")
    private String wearer;

    @Override
    public Integer call() {
      JsonNode devices = server.client(parent.lumbar.surroundings()).get(devicesOf(wearer));
      PrintWriter out = spec.commandLine().getOut();
      if (json.wanted()) {
        JsonOption.print(out, devices);
        return 0;
      }
      for (JsonNode device : devices.path("items")) {
        out.printf(
            "%-24s %-16s %s%n",
            device.path("name").asText(),
            device.path("placement").asText(),
            device.path("id").asText());
      }
      if (devices.path("items").isEmpty()) {
        out.printf(
            "None yet. Add one: ./lumbar device add --wearer \"%s\" --placement trouser-pocket%n",
            wearer);
      }
      out.flush();
      return 0;
    }
  }
}
