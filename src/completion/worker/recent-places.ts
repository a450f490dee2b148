import path from 'node:path';

/** Folders that people go back and forth between. */
const MAX_PLACES = 4;

/** One file of each of the folders and languages that were edited last. */
export class RecentPlaces {
  private places: readonly { readonly key: string; readonly file: string }[] = [];

  /** The files, the last first. */
  get files(): readonly string[] {
    return this.places.map(({ file }) => file);
  }

  /**
   * Notes that a file is edited; what is no absolute path is no file.
   * @returns whether the place is new
   */
  note(file: string): boolean {
    if (!path.isAbsolute(file)) return false;
    const key = `${path.dirname(file)}\0${path.extname(file)}`;
    if (this.places[0]?.key === key) return false;
    const isNew = this.places.every((place) => place.key !== key);
    this.places = [{ key, file }, ...this.places.filter((place) => place.key !== key)].slice(0, MAX_PLACES);
    return isNew;
  }
}
