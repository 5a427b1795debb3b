package io.twinspan.registry.node.federation;

import io.twinspan.registry.federation.FederationState;
import io.twinspan.registry.node.disk.RememberedFile;
import java.nio.file.Path;
import java.util.Optional;

/** What a node knows of duty in a file of its home. */
public final class FederationDisk implements FederationStore {
    private final RememberedFile<FederationState> file;

    /** @param file is made when the first decision is known; its folder must exist by then */
    public FederationDisk(Path file) {
        this.file = RememberedFile.ofText(file, "what is known of duty", FederationJson::write, FederationJson::read);
    }

    /** What is on disk; empty when there is none that can be read: then the metas are heard. */
    @Override
    public Optional<FederationState> load() {
        return file.load();
    }

    @Override
    public void save(FederationState state) {
        file.save(state);
    }
}
