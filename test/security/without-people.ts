/** Routes that are read and speak of nobody, whoever asks: each was looked at. */
export const showsNobody: string[] = []
