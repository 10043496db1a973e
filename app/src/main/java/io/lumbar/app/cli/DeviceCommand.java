package io.lumbar.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.lumbar.model.Axes;
import io.lumbar.model.Placement;
import java.io.PrintWriter;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

@Command(
    name = "device",
    description =
        "Add, list, change or revoke a wearer's phones, watches and sensors, or give one a new"
            + " token.",
    mixinStandardHelpOptions = true,
    subcommands = {
      DeviceCommand.Add.class,
      DeviceCommand.ListAll.class,
      DeviceCommand.Change.class,
      DeviceCommand.Rotate.class,
      DeviceCommand.Revoke.class
    })
final class DeviceCommand extends CommandGroup {

  private static final String AXES =
      "ios for an iPhone whose app sends the axes as iOS has them; else android.";

  private static String devicesOf(String wearer) {
    return "/api/v1/wearers/" + ApiClient.encode(wearer) + "/devices";
  }

  @Command(
      name = "add",
      description = "Add a device; prints its token, once, and where it uploads to.",
      mixinStandardHelpOptions = true,
      footer = {"", "Example:", "  ./lumbar device add --wearer Anna --placement trouser-pocket"})
  @SuppressWarnings("NullAway.Init") // picocli
  static final class Add extends ApiCommand {
    @Option(names = "--wearer", paramLabel = "NAME", required = true, description = "Who wears it.")
    private String wearer;

    @Option(
        names = "--placement",
        paramLabel = "PLACE",
        required = true,
        converter = PlacementConverter.class,
        description =
            "Where it sits: thigh, trouser-pocket, chest, lower-back, waist, wrist, or estimated"
                + " for one that nobody wears.")
    private Placement placement;

    @Option(
        names = "--name",
        paramLabel = "NAME",
        description = "What you call it (the placement).")
    private @Nullable String name;

    @Option(
        names = "--mac",
        paramLabel = "ADDRESS",
        description = "A Bluetooth tag's address; what phones hear of it is then kept.")
    private @Nullable String mac;

    @Option(
        names = "--axes",
        paramLabel = "SYSTEM",
        converter = AxesConverter.class,
        description = AXES)
    private @Nullable Axes axes;

    @Override
    JsonNode ask(ApiClient client) {
      String place = placement.wireName();
      Map<String, String> device = new TreeMap<>();
      device.put("name", name == null ? place : name);
      device.put("placement", place);
      if (mac != null) {
        device.put("mac", mac);
      }
      if (axes != null) {
        device.put("axes", axes.wireName());
      }
      return client.post(devicesOf(wearer), device);
    }

    @Override
    void print(JsonNode added, PrintWriter out) {
      String phone = added.path("urls").path("sensorLogger").asText();
      out.printf("%s is added for %s.%n", added.path("name").asText(), wearer);
      out.printf("Token, shown only now: %s%n%n", added.path("token").asText());
      String page = added.path("urls").path("connect").asText();
      out.println("A phone without an app opens this page, which records while it is visible:");
      out.println("  " + page);
      out.print(QrCode.of(page));
      if (!page.startsWith("https:")) {
        out.println("Browsers read motion only over https: docs/away-from-home.md tells how.");
      }
      out.println("The Sensor Logger app pushes to (scan to copy it):");
      out.println("  " + phone);
      out.print(QrCode.of(phone));
      out.println("Programs post observations, with the token as bearer, to:");
      out.println("  " + added.path("urls").path("observations").asText());
      if (phone.contains("//localhost") || phone.contains("//127.")) {
        out.println("A phone cannot reach localhost: start with --lan; ./lumbar doctor explains.");
      }
    }
  }

  @Command(name = "list", description = "List a wearer's devices.", mixinStandardHelpOptions = true)
  @SuppressWarnings("NullAway.Init") // picocli
  static final class ListAll extends ApiCommand {
    @Option(names = "--wearer", paramLabel = "NAME", required = true, description = "Whose.")
    private String wearer;

    @Override
    JsonNode ask(ApiClient client) {
      return client.get(devicesOf(wearer));
    }

    @Override
    void print(JsonNode devices, PrintWriter out) {
      printItems(
          devices,
          "placement",
          "None yet. Add one: ./lumbar device add --wearer \"%s\" --placement trouser-pocket"
              .formatted(wearer),
          out);
    }
  }

  @Command(
      name = "set",
      description = "Say which way a device's app counts acceleration.",
      mixinStandardHelpOptions = true,
      footer = {"", "Example:", "  ./lumbar device set phone --wearer Anna --axes ios"})
  @SuppressWarnings("NullAway.Init") // picocli
  static final class Change extends ApiCommand {
    @Parameters(paramLabel = "DEVICE", description = "Its id or name.")
    private String device;

    @Option(names = "--wearer", paramLabel = "NAME", required = true, description = "Whose.")
    private String wearer;

    @Option(
        names = "--axes",
        paramLabel = "SYSTEM",
        required = true,
        converter = AxesConverter.class,
        description = AXES)
    private Axes axes;

    @Override
    JsonNode ask(ApiClient client) {
      return client.patch(
          devicesOf(wearer) + "/" + ApiClient.encode(device), Map.of("axes", axes.wireName()));
    }

    @Override
    void print(JsonNode changed, PrintWriter out) {
      out.printf(
          "What %s sends from now on is read with the axes of %s.%n",
          changed.path("name").asText(), axes == Axes.IOS ? "iOS" : "Android");
    }
  }

  @Command(
      name = "rotate",
      description = "Give a device a new token; prints it, once. The old one holds a while longer.",
      mixinStandardHelpOptions = true)
  @SuppressWarnings("NullAway.Init") // picocli
  static final class Rotate extends ApiCommand {
    @Parameters(paramLabel = "DEVICE", description = "Its id or name.")
    private String device;

    @Option(names = "--wearer", paramLabel = "NAME", required = true, description = "Whose.")
    private String wearer;

    @Mixin private OverlapOption overlap;

    @Override
    JsonNode ask(ApiClient client) {
      return client.post(
          devicesOf(wearer) + "/" + ApiClient.encode(device) + "/token", overlap.asked());
    }

    @Override
    void print(JsonNode rotated, PrintWriter out) {
      OverlapOption.print(rotated, out);
    }
  }

  @Command(
      name = "revoke",
      description = "End a device's token and remove the device; what it measured stays.",
      mixinStandardHelpOptions = true)
  @SuppressWarnings("NullAway.Init") // picocli
  static final class Revoke extends ApiCommand {
    @Parameters(paramLabel = "DEVICE", description = "Its id or name.")
    private String device;

    @Option(names = "--wearer", paramLabel = "NAME", required = true, description = "Whose.")
    private String wearer;

    @Override
    JsonNode ask(ApiClient client) {
      return client.delete(devicesOf(wearer) + "/" + ApiClient.encode(device));
    }

    @Override
    void print(JsonNode revoked, PrintWriter out) {
      out.printf("%s is revoked.%n", revoked.path("name").asText());
    }
  }

  /** Accepts the names that the API uses. */
  private static final class AxesConverter implements ITypeConverter<Axes> {
    @Override
    public Axes convert(String text) {
      try {
        return Axes.of(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
