package dev.assay.runner.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

final class PlainJsonTest {
  private static Map<String, Object> value() {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("z", List.of(1, 2.5, true, "a\"\\\n\u0001é"));
    value.put("a", Map.of());
    value.put("m", Arrays.asList(null, List.of(), Map.of("k", 1e-7)));
    return value;
  }

  @Test
  void theCanonicalTextSortsKeysAndHasNoSpaces() {
    assertThat(PlainJson.canonical(value()))
        .isEqualTo(
            "{\"a\":{},\"m\":[null,[],{\"k\":1.0E-7}],\"z\":[1,2.5,true,\"a\\\"\\\\\\u000a\\u0001é\"]}");
  }

  @Test
  void bothTextsReadBackAsTheValue() {
    ObjectMapper mapper = new ObjectMapper();
    JsonNode expected = mapper.valueToTree(value());
    assertThat(mapper.readTree(PlainJson.canonical(value()))).isEqualTo(expected);
    assertThat(mapper.readTree(PlainJson.pretty(value()))).isEqualTo(expected);
  }

  @Test
  void thePrettyTextKeepsTheOrderAndPutsFlatListsOnALine() {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("b", List.of(1, 2));
    value.put("a", Map.of("x", "y"));
    assertThat(PlainJson.pretty(value))
        .isEqualTo("{\n  \"b\": [1, 2],\n  \"a\": {\n    \"x\": \"y\"\n  }\n}\n");
  }
}
