package io.twinspan.registry.it.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.twinspan.registry.it.fixture.AlertRules;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules that ship for Prometheus. That nodes tell what they read is seen where nodes run. */
class AlertRulesTest {
    @Test
    void everyRuleSaysWhatIsWrongAndWhatToDo() {
        assertThat(AlertRules.rules()).isNotEmpty().allSatisfy(rule -> {
            assertThat(AlertRules.text(rule, "annotations", "summary"))
                    .as("%s", rule.get("alert"))
                    .endsWith(".");
            assertThat(AlertRules.text(rule, "annotations", "action"))
                    .as("%s", rule.get("alert"))
                    .endsWith(".");
            assertThat(AlertRules.text(rule, "labels", "severity")).isIn("info", "warning", "critical");
        });
    }

    @Test
    void everyRuleHasACaseThatFiresAndOneThatDoesNot() {
        List<String> names = AlertRules.rules().stream()
                .map(rule -> String.valueOf(rule.get("alert")))
                .toList();
        assertThat(names).doesNotHaveDuplicates();
        assertThat(AlertRules.tested(true)).containsExactlyInAnyOrderElementsOf(names);
        assertThat(AlertRules.tested(false)).containsExactlyInAnyOrderElementsOf(names);
    }

    @Test
    void whatARuleReadsAndNobodyTellsIsFound() {
        String scrape = "twinspan_push_closed_seconds{by=\"meta\",position=\"closed\"} 0.0\n";
        assertThat(AlertRules.missing(scrape))
                .contains("twinspan_healthy", "twinspan_push_closed_seconds{position=\"hold-shrink\"}")
                .doesNotContain("twinspan_push_closed_seconds{position=\"closed\"}");
    }

    @Test
    void promtoolAgreesWhereItIsInstalled() throws Exception {
        Optional<Path> promtool = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "promtool"))
                .filter(Files::isExecutable)
                .findFirst();
        assumeThat(promtool).as("promtool on the PATH").isPresent();
        for (List<String> words : List.of(
                List.of("check", "rules", "twinspan-rules.yml"), List.of("test", "rules", "twinspan-rules-test.yml"))) {
            ProcessBuilder builder = new ProcessBuilder(
                    Stream.concat(Stream.of(promtool.orElseThrow().toString()), words.stream())
                            .toList());
            Process process = builder.directory(AlertRules.folder().toFile())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(said).isZero();
        }
    }
}
