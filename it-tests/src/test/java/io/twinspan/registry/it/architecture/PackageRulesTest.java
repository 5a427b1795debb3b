package io.twinspan.registry.it.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Execution(ExecutionMode.CONCURRENT)
class PackageRulesTest {
    private static final JavaClasses PRODUCTION = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("io.twinspan.registry");

    static Stream<ArchRule> rules() {
        return Stream.of(
                        PackageRules.moduleArrows(),
                        PackageRules.roleArrows(),
                        PackageRules.oneImporter(),
                        PackageRules.timeAndChance(),
                        PackageRules.names())
                .flatMap(List::stream);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void theHouseStandsAsDrawn(ArchRule rule) {
        rule.allowEmptyShould(true).check(PRODUCTION);
    }

    @Test
    void everyModuleIsLookedAt() {
        assertThat(List.of(
                        "datum",
                        "config",
                        "sync",
                        "acvip",
                        "node.meta",
                        "node.data",
                        "node.session",
                        "node.bolt",
                        "ops.cli"))
                .allMatch(name -> PRODUCTION.stream()
                        .anyMatch(type -> type.getPackageName().equals("io.twinspan.registry." + name)));
    }

    @Test
    void anArrowThatIsNotAllowedIsFound() {
        ArchRule forbidsWhatExists = PackageRules.neverUses(
                new String[] {"io.twinspan.registry.node.session.."},
                new String[] {"io.twinspan.registry.datum.."},
                "it would fail");

        assertThatThrownBy(() -> forbidsWhatExists.check(PRODUCTION)).isInstanceOf(AssertionError.class);
    }

    @Test
    void aSecondImporterIsFound() {
        ArchRule nobodyMayUseSlots = PackageRules.onlyIn("io.twinspan.registry.slot..", "slots", "slot..");

        assertThatThrownBy(() -> nobodyMayUseSlots.check(PRODUCTION)).isInstanceOf(AssertionError.class);
    }
}
