package dev.assay.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.spi.ConfigException;
import dev.assay.spi.Configs;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Fit;
import dev.assay.spi.Modality;
import dev.assay.spi.ModelCard;
import dev.assay.spi.ModelProvider;
import dev.assay.spi.Param;
import java.lang.reflect.ParameterizedType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Function;

/** What a provider says about itself. */
final class ConfigChecks {
  private static final List<DataSpec> SPECS = specs();

  private ConfigChecks() {}

  /** The provider of this id, by ServiceLoader. */
  @SuppressWarnings("unchecked") // a caller with the wrong record types fails at its first use
  static <C extends Record, S extends Record> ModelProvider<C, S> find(String id) {
    List<String> ids = new ArrayList<>();
    List<ModelProvider<?, ?>> found = new ArrayList<>();
    for (ModelProvider<?, ?> provider : ServiceLoader.load(ModelProvider.class)) {
      ids.add(provider.id());
      if (provider.id().equals(id)) {
        found.add(provider);
      }
    }
    assertThat(found).as("providers with id '%s' among %s", id, ids).hasSize(1);
    return (ModelProvider<C, S>) found.get(0);
  }

  static void card(ModelProvider<?, ?> provider) {
    assertThat(provider.id()).matches("[a-z0-9]+(-[a-z0-9]+)*");
    ModelCard card = provider.card();
    assertThat(card.name()).as("name").isNotBlank();
    assertThat(card.family()).as("family").isNotBlank();
    assertThat(card.paper()).as("paper").isNotBlank();
    assertThat(card.equations()).as("equations").isNotBlank();
    assertThat(card.year()).as("year").isBetween(1700, 2100);
  }

  static <R extends Record> void parameters(Class<R> type) {
    assertThat(Configs.defaults(type)).isNotNull();
    for (Configs.Setting setting : Configs.settings(type)) {
      Param param = setting.param();
      assertThat(param.doc()).as("doc of '%s'", setting.key()).isNotBlank();
      assertThat(param.min()).as("bounds of '%s'", setting.key()).isLessThanOrEqualTo(param.max());
      if (Double.isFinite(param.min())) {
        rejects(type, setting, outside(setting, param.min(), -1));
      }
      if (Double.isFinite(param.max())) {
        rejects(type, setting, outside(setting, param.max(), 1));
      }
    }
  }

  /**
   * Asks for every sort of data. Each answer must be a yes or a reason, and something must be
   * refused: no model learns everything.
   */
  static void misfits(Function<DataSpec, Fit> fits) {
    int refused = 0;
    for (DataSpec spec : SPECS) {
      switch (fits.apply(spec)) {
        case Fit.Yes _ -> {}
        case Fit.No(String reason) -> {
          assertThat(reason).as("reason not to learn %s", spec).isNotBlank().doesNotEndWith(".");
          refused++;
        }
      }
    }
    assertThat(refused).as("data refused, of %s", SPECS).isPositive();
  }

  private static <R extends Record> void rejects(
      Class<R> type, Configs.Setting setting, Number value) {
    String key = setting.key();
    Object given = setting.type() instanceof ParameterizedType ? List.of(value) : value;
    assertThatThrownBy(() -> Configs.bind(type, Map.of(key, given)))
        .as("'%s' set to %s", key, given)
        .isInstanceOfSatisfying(ConfigException.class, e -> assertThat(e.key()).isIn(key, ""));
  }

  private static Number outside(Configs.Setting setting, double bound, int direction) {
    boolean real = setting.type().getTypeName().toLowerCase().contains("double");
    return real
        ? (Number) (bound + direction * Math.max(1, Math.abs(bound) / 2))
        : (Number) ((long) bound + direction);
  }

  private static List<DataSpec> specs() {
    List<Modality> modalities =
        List.of(
            new Modality.Tabular(1),
            new Modality.Tabular(3),
            new Modality.Image(2, 2, 1, 2),
            new Modality.Image(4, 3, 1, 17),
            new Modality.Image(4, 4, 3, 256),
            new Modality.Text(Modality.Text.Form.DOCUMENTS),
            new Modality.Text(Modality.Text.Form.STREAM),
            new Modality.Audio(8000),
            new Modality.Label(3),
            new Modality.Nothing());
    List<DataSpec> specs = new ArrayList<>();
    for (Modality x : modalities) {
      specs.add(DataSpec.of(x));
      specs.add(new DataSpec.Conditional(x, new Modality.Label(3)));
      specs.add(new DataSpec.Unpaired(x, new Modality.Tabular(2)));
      specs.add(new DataSpec.Conditional(x, new Modality.Text(Modality.Text.Form.DOCUMENTS)));
    }
    return specs;
  }
}
