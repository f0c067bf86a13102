package parley.local.services;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder where the local host keeps everything, locked for one host at a time: a second one
 * would take the first one's servers for leftovers, and end them.
 */
public final class StateFolder implements AutoCloseable {

  private static final String LOCK = "lock";

  private final Path path;
  private final FileChannel channel;

  private StateFolder(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Opens the folder, making it if it is missing.
   *
   * @throws StartException if another host has it
   */
  public static StateFolder open(Path folder) {
    Path path = folder.toAbsolutePath().normalize();
    try {
      OwnerFiles.createFolder(path);
      FileChannel channel =
          FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (lock(channel) == null) {
        channel.close();
        throw new StartException("Another local host is running on " + path);
      }
      return new StateFolder(path, channel);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where it is, absolute. */
  public Path path() {
    return path;
  }

  /** A file or folder in it. */
  public Path resolve(String name) {
    return path.resolve(name);
  }

  /** A folder in it, made if it is missing. */
  public Path folder(String name) {
    Path folder = path.resolve(name);
    try {
      OwnerFiles.createFolder(folder);
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Deletes all that was kept, except the unpacked server binaries; no server may be running.
   *
   * @param keep paths inside the folder that stay
   */
  public void reset(List<Path> keep) {
    try {
      deleteChildren(path, keep);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Unlocks the folder. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void deleteChildren(Path folder, List<Path> keep) throws IOException {
    List<Path> children;
    try (Stream<Path> listed = Files.list(folder)) {
      children = listed.toList();
    }
    for (Path child : children) {
      if (keep.contains(child) || child.equals(path.resolve(LOCK))) {
        continue;
      }
      if (keep.stream().anyMatch(kept -> kept.startsWith(child))) {
        deleteChildren(child, keep);
      } else {
        OwnerFiles.deleteTree(child);
      }
    }
  }

  private static FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException heldInThisProcess) {
      return null;
    }
  }
}
