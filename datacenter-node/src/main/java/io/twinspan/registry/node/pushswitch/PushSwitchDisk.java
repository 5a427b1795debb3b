package io.twinspan.registry.node.pushswitch;

import io.twinspan.registry.node.disk.RememberedFile;
import io.twinspan.registry.pushswitch.PushSwitch;
import java.nio.file.Path;
import java.util.Optional;

/** The newest push switch in a file of the node's home, in the form in which meta's HTTP shows it. */
public final class PushSwitchDisk implements PushSwitchStore {
    private final RememberedFile<PushSwitch> file;

    /** @param file is made when the first switch is known; its folder must exist by then */
    public PushSwitchDisk(Path file) {
        this.file = RememberedFile.ofText(file, "the push switch", PushSwitchJson::write, PushSwitchJson::read);
    }

    /** What is on disk; empty when there is none that can be read: then meta is asked. */
    @Override
    public Optional<PushSwitch> load() {
        return file.load();
    }

    @Override
    public void save(PushSwitch value) {
        file.save(value);
    }
}
