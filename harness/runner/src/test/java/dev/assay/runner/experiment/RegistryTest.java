package dev.assay.runner.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.assay.spi.DatasetCard;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RegistryTest {
  @Test
  void listsAreSortedById() {
    assertThat(Fakes.registry().backends())
        .extracting(b -> b.id())
        .containsExactly("cpu", "jcuda", "reference");
    assertThat(Fakes.registry().datasets())
        .extracting(DatasetCard::id)
        .containsExactly("two-moons", "uci-digits");
  }

  @Test
  void anIdThatIsNotThereIsAnsweredByThoseThatAre() {
    assertThatExceptionOfType(UnknownIdException.class)
        .isThrownBy(() -> Fakes.registry().model("va"))
        .withMessage("there is no model 'va'; did you mean 'vae'? choices: gmm, vae");
    assertThatExceptionOfType(UnknownIdException.class)
        .isThrownBy(() -> Fakes.registry().backend("quantum"))
        .withMessage("there is no backend 'quantum'; choices: cpu, jcuda, reference");
    assertThatExceptionOfType(UnknownIdException.class)
        .isThrownBy(() -> Registry.of().model("vae"))
        .withMessage("there is no model 'vae'; there are none");
  }

  @Test
  void twoProvidersOfOneIdAreNamedWithTheirOrigin() {
    Registry registry =
        Registry.of(
            new Fakes.Processor("cpu", Optional.empty(), List.of("fp32")),
            new Fakes.Processor("cpu", Optional.empty(), List.of("fp64")));
    assertThatExceptionOfType(RegistryException.class)
        .isThrownBy(registry::backends)
        .withMessageMatching(
            "two backends have the id 'cpu': dev\\.assay\\S+ in \\S+ and dev\\.assay\\S+ in \\S+;"
                + " remove one of them from the class path");
  }

  @Test
  void anIdIsLowerCaseWordsJoinedByHyphens() {
    Registry registry = Registry.of(new Fakes.Score("Bad_Id"));
    assertThatExceptionOfType(RegistryException.class)
        .isThrownBy(registry::metrics)
        .withMessageContaining("'Bad_Id'")
        .withMessageContaining("lower-case words joined by hyphens");
  }

  @Test
  void thereIsExactlyOneDataPipeline() {
    assertThat(Fakes.registry().preparer()).isInstanceOf(Fakes.Preparer.class);
    assertThatExceptionOfType(RegistryException.class)
        .isThrownBy(() -> Registry.of().files())
        .withMessage("exactly one DatasetFiles is needed on the class path, but there is none");
    assertThatExceptionOfType(RegistryException.class)
        .isThrownBy(() -> Registry.of(new Fakes.Preparer(), new Fakes.Preparer()).preparer())
        .withMessageContaining("but there are dev.assay");
  }
}
