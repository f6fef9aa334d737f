/** Stored procedures of the catalogue Documents: name → definition in T-SQL. */
export const documentProcedures: Readonly<Record<string, string>> = {
  GetDocument: `
CREATE PROCEDURE dbo.GetDocument @DocumentID int
AS
BEGIN
  SELECT i.DocumentID, i.FileName, i.ContentType, i.SizeBytes, c.PageNo, c.Content
  FROM DocumentIndex i
  INNER JOIN DocumentContents c ON c.DocumentID = i.DocumentID
  WHERE i.DocumentID = @DocumentID
  ORDER BY c.PageNo;
  IF @@ROWCOUNT = 0 RETURN 1;
  RETURN 0;
END`,

  FindDocuments: `
CREATE PROCEDURE dbo.FindDocuments @InternalID int, @ContentType varchar(60) = NULL
AS
BEGIN
  SELECT DocumentID, DocumentGuid, FileName, ContentType, SizeBytes, ScannedAt
  FROM DocumentIndex
  WHERE InternalID = @InternalID AND (@ContentType IS NULL OR ContentType = @ContentType)
  ORDER BY DocumentID;
END`,
};
