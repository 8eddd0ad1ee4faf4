// The AWS SDK for JavaScript, unmodified, as a program uses it: what each step returned is one line of JSON.
const { createReadStream, statSync } = require("node:fs");
const {
  CloudTrailClient,
  ListTrailsCommand,
  LookupEventsCommand,
} = require("@aws-sdk/client-cloudtrail");
const { GetUserCommand, IAMClient, NoSuchEntityException } = require("@aws-sdk/client-iam");
const { GetObjectCommand, PutObjectCommand, S3Client } = require("@aws-sdk/client-s3");
const { GetCallerIdentityCommand, STSClient } = require("@aws-sdk/client-sts");
const {
  fromContainerMetadata,
  fromHttp,
  fromTemporaryCredentials,
} = require("@aws-sdk/credential-providers");

const [bucket, file, first, second] = process.argv.slice(2);

async function who(credentials) {
  return (await new STSClient({ credentials }).send(new GetCallerIdentityCommand({}))).Arn;
}

const steps = {
  async stream() {
    const s3 = new S3Client({});
    const sent = {};
    s3.middlewareStack.add(
      (next) => (args) => {
        Object.assign(sent, args.request.headers);
        return next(args);
      },
      { step: "finalizeRequest", priority: "low" },
    );
    const Body = createReadStream(file);
    await s3.send(
      new PutObjectCommand({
        Bucket: bucket,
        Key: "stream",
        Body,
        ContentLength: statSync(file).size,
      }),
    );
    const got = await new S3Client({}).send(
      new GetObjectCommand({ Bucket: bucket, Key: "stream" }),
    );
    return { sent, stored: (await got.Body.transformToByteArray()).length };
  },
  async trails() {
    return (await new CloudTrailClient({}).send(new ListTrailsCommand({}))).Trails;
  },
  async events() {
    const LookupAttributes = [{ AttributeKey: "EventName", AttributeValue: "CreateBucket" }];
    const found = await new CloudTrailClient({}).send(
      new LookupEventsCommand({ LookupAttributes }),
    );
    return found.Events.map((event) => event.EventName);
  },
  async container() {
    return [await who(fromContainerMetadata()), await who(fromHttp())];
  },
  async chain() {
    const masterCredentials = fromTemporaryCredentials({
      params: { RoleArn: first, RoleSessionName: "one" },
    });
    const params = { RoleArn: second, RoleSessionName: "two" };
    return who(fromTemporaryCredentials({ masterCredentials, params }));
  },
  async missing() {
    try {
      return await new IAMClient({}).send(new GetUserCommand({ UserName: "nobody" }));
    } catch (error) {
      return {
        typed: error instanceof NoSuchEntityException,
        name: error.name,
        message: error.message,
      };
    }
  },
};

async function main() {
  for (const [name, step] of Object.entries(steps)) {
    const told = await step().catch((error) => ({ failed: String(error) }));
    console.log(JSON.stringify([name, told]));
  }
}

main();
