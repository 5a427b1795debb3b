package io.twinspan.registry.node.policy;

import io.twinspan.registry.node.disk.RememberedFile;
import io.twinspan.registry.policy.PolicyTable;
import java.nio.file.Path;

/** The newest policies in a file of the node's home, in the form in which meta's HTTP shows them. */
public final class PolicyDisk {
    private final RememberedFile<PolicyTable> file;

    /** @param file is made at the first change; its folder must exist by then */
    public PolicyDisk(Path file) {
        this.file = RememberedFile.ofText(file, "the policy table", PolicyJson::write, PolicyJson::read);
    }

    /** What is on disk; nothing when there is no file, or none that can be read: then meta is asked. */
    PolicyTable load() {
        return file.load().orElse(PolicyTable.EMPTY);
    }

    void save(PolicyTable table) {
        file.save(table);
    }
}
