package io.twinspan.registry.ops.cli;

import io.twinspan.registry.subscription.Scope;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How far a command looks. */
final class ScopeOption {
    @Option(
            names = "--scope",
            paramLabel = "SCOPE",
            defaultValue = "global",
            converter = ScopeConverter.class,
            description =
                    "zone, dataCenter, or global (own providers, and those of other datacenters when there are no own);"
                            + " default ${DEFAULT-VALUE}")
    private Scope scope = Scope.GLOBAL;

    Scope scope() {
        return scope;
    }

    /** Reads the names official clients use; unlike the server it refuses others, because here they are typing errors. */
    static final class ScopeConverter implements ITypeConverter<Scope> {
        @Override
        public Scope convert(String text) {
            return Arrays.stream(Scope.values())
                    .filter(scope -> scope.wireName().equalsIgnoreCase(text))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("'" + text + "' is none of "
                            + Arrays.stream(Scope.values()).map(Scope::wireName).collect(Collectors.joining(", "))));
        }
    }
}
