package dev.assay.plugins.vae.vqvae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.nn.ParameterStore;
import dev.assay.tensor.Backend;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Program;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.testkit.Backends;
import org.junit.jupiter.api.Test;

final class CodebookTest {
  @Test
  void vectorsTakeTheirNearestEntryAndPullItByTheAverages() {
    try (Backend backend = Backends.open(1)) {
      ParameterStore store = new ParameterStore(backend, RandomStream.root(1));
      Codebook codebook = Codebook.create(store, 3, 2, 0.75);
      codebook.set(new float[] {0, 0, 4, 0, 0, 4});
      Tensor z = Tensor.constant(new float[] {1, 0, 3, 1, 5, 1, 1, 1}, Shape.of(4, 2));
      Tensor indices = codebook.nearest(z);
      Graph graph =
          Graph.builder()
              .output("indices", indices.toFloat())
              .output("entries", codebook.at(indices))
              .assign(codebook.step(z, indices))
              .build();
      try (Program program = backend.compile(graph)) {
        program.run();
        float[] found = new float[4];
        program.get("indices", found);
        assertThat(found).containsExactly(0, 1, 1, 0);
        float[] entries = new float[8];
        program.get("entries", entries);
        assertThat(entries).containsExactly(0, 0, 4, 0, 4, 0, 0, 0);
      }
      float[] after = new float[6];
      codebook.entries().read(after);
      // Entry 0: N = 0.75 + 0.25 · 2, m = 0 + 0.25 (2, 1). Entry 1: m = (3, 0) + 0.25 (8, 2).
      // Entry 2: N = 0.75, m = (0, 3).
      assertThat(after).containsExactly(new float[] {0.4f, 0.2f, 4, 0.4f, 0, 4}, within(1e-6f));
    }
  }
}
